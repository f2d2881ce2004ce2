// Pagination: every row of a list, page after page, by number or by cursor.
import { ok } from "./problems.js";

/** Where the next page is: lists of what may change have numbers, those that only grow a cursor. */
export interface At {
  page?: number;
  cursor?: string;
}

type Page<Row> = { results: Row[]; next?: string | null };
type Call<Row> = Promise<
  { data: Page<Row>; error?: never; response: Response } | { data?: never; error: unknown; response: Response }
>;

/** `for await (const user of each((at) => api.GET("/api/v1/users/", { params: { query: { ...at } } })))` */
export async function* each<Row>(page: (at: At) => Call<Row>): AsyncGenerator<Row, void, undefined> {
  for (let at: At | null = {}; at !== null; ) {
    const { results, next }: Page<Row> = await ok(page(at));
    yield* results;
    at = next ? positionIn(next) : null;
  }
}

function positionIn(next: string): At {
  const query = new URL(next, "http://localhost").searchParams;
  const cursor = query.get("cursor");
  return cursor === null ? { page: Number(query.get("page")) } : { cursor };
}
