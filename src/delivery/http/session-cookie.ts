// The cookie of a browser's session.

export interface SessionCookie {
  readonly name: string
  /** The value in a `Cookie` header, or undefined. */
  read(header: string | null): string | undefined
  /** The `Set-Cookie` that keeps the token. */
  open(token: string, expiresAt: Date): string
  /** The `Set-Cookie` that removes it. */
  close(): string
}

/** Over HTTPS the name has the prefix `__Host-`, with which browsers accept it only secure, for this host alone. */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith('https:')
  const name = secure ? '__Host-jasaweb' : 'jasaweb'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    name,
    read(header) {
      for (const part of header?.split(';') ?? []) {
        const at = part.indexOf('=')
        if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
      }
      return undefined
    },
    open: (token, expiresAt) => `${name}=${token}; ${attributes}; Expires=${expiresAt.toUTCString()}`,
    close: () => `${name}=; ${attributes}; Max-Age=0`,
  }
}
