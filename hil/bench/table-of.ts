import { Table } from "../../host/router/table.js";
import { Routes } from "../../host/tables/routes.js";

/** A table of one family. */
export function tableOf(routes: Routes): Promise<Table> {
  const none = new Routes(routes.family === 4 ? 6 : 4, 1);
  return Table.of(routes.family === 4 ? { ipv4: routes, ipv6: none } : { ipv4: none, ipv6: routes });
}
