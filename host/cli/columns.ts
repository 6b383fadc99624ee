/** Rows as lines, each column as wide as its widest cell; columns of numbers stand to the right. */
export function columns(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  const numeric = widths.map((_, column) =>
    rows.slice(1).every(row => /^(\d+(\.\d+)?)?$/.test(row[column]!)),
  );
  const line = (row: string[]) =>
    row.map((cell, column) =>
      numeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
    );
  return rows.map(row => line(row).join("  ").trimEnd()).join("\n");
}
