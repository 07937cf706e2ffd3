/** All items of a list that is short by nature, page by page. */
export async function every<T>(
  list: (page: { limit: number; cursor?: string }) => Promise<{ data: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const found: T[] = []
  let cursor: string | null = null
  do {
    const { data, nextCursor }: { data: T[]; nextCursor: string | null } = await list({
      limit: 100,
      ...(cursor && { cursor }),
    })
    found.push(...data)
    cursor = nextCursor
  } while (cursor !== null)
  return found
}
