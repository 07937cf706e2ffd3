// Which announcements a reader has closed, kept in a cookie: the server leaves them out, so that no page flashes what was
// closed long ago.
const NAME = 'closed_announcements'
/** So many are remembered; what is announced at one time is far less. */
const MOST = 20
const HALF_A_YEAR = 180 * 24 * 3600

/** The random end of an id is enough to know it by. */
const markOf = (id: string) => id.slice(-12)

function marksIn(cookies: string | null): string[] {
  const found = cookies?.split(/;\s*/).find((each) => each.startsWith(`${NAME}=`))
  return found
    ? found
        .slice(NAME.length + 1)
        .split('.')
        .filter(Boolean)
    : []
}

/** Those that the reader has not closed; `cookies` as a request or a document has them. */
export function notClosed<T extends { id: string }>(announcements: readonly T[], cookies: string | null): T[] {
  const marks = new Set(marksIn(cookies))
  return announcements.filter(({ id }) => !marks.has(markOf(id)))
}

/** The cookie to set when the reader closes one more. */
export function closing(id: string, cookies: string, secure: boolean): string {
  const marks = [...marksIn(cookies).filter((mark) => mark !== markOf(id)), markOf(id)].slice(-MOST)
  return `${NAME}=${marks.join('.')}; Path=/; Max-Age=${HALF_A_YEAR}; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** In the browser of the reader. */
export function rememberClosed(id: string): void {
  document.cookie = closing(id, document.cookie, location.protocol === 'https:')
}
