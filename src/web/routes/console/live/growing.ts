// A list, newest first, that grows at both ends: new things at its top while it is read, older ones at its end. Pure.

export interface Part<Row> {
  data: readonly Row[]
  nextCursor: string | null
}

/** The top as it is now. When it no longer touches what is known, the list begins anew: a gap would look like silence. */
export function refreshed<Row extends { id: string }>(known: Part<Row>, top: Part<Row>): Part<Row> {
  const ids = new Set(known.data.map(({ id }) => id))
  if (!top.data.some(({ id }) => ids.has(id))) return top
  return { data: each([...top.data, ...known.data]), nextCursor: known.nextCursor }
}

/** With the part that was asked for behind the cursor `after`; an answer to any other question changes nothing. */
export function extended<Row extends { id: string }>(
  known: Part<Row>,
  older: Part<Row>,
  after: string | undefined,
): Part<Row> {
  if (known.nextCursor === null || known.nextCursor !== after) return known
  return { data: each([...known.data, ...older.data]), nextCursor: older.nextCursor }
}

const each = <Row extends { id: string }>(rows: Row[]): Row[] => [...new Map(rows.map((row) => [row.id, row])).values()]
