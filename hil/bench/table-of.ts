import { Table } from "../../host/router/table.js";
import type { Routes } from "../../host/tables/routes.js";

/** A table of one family, with room for more prefixes where `capacity` says so. */
export async function tableOf(routes: Routes, capacity = routes.count): Promise<Table> {
  const [prefixes4, prefixes6] = routes.family === 4 ? [capacity, 0] : [0, capacity];
  const table = await Table.create({ prefixes4, prefixes6 });
  table.load(routes);
  return table;
}
