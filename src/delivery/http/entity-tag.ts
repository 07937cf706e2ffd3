// Entity tags (RFC 9110, section 8.8.3). Ours are weak: the same data compressed differently is the same to a client.
import { hash } from 'node:crypto'

export const entityTag = (text: string): string => `W/"${hash('sha1', text, 'base64url')}"`

/** Whether an `If-None-Match` names the tag, compared weakly as section 13.1.2 asks for. */
export function matchesEntityTag(header: string | null, tag: string): boolean {
  if (header === null) return false
  if (header.trim() === '*') return true
  const opaque = tag.replace(/^W\//, '')
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === opaque)
}
