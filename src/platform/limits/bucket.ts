// Whose limit a call counts against.
import { isIPv6 } from 'node:net'
import type { Caller } from '../contract/call.ts'

/** One bucket a user through all doors and devices; strangers share that of their address. */
export const bucketOf = (caller: Caller): string =>
  caller.kind === 'user' ? `user:${caller.user.id}` : `address:${networkOf(caller.address)}`

/** An IPv6 customer owns at least a /64, so that counting single addresses would limit nobody. IPv4 stays as it is. */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (!isIPv6(bare)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)
  if (mapped?.[1]) return mapped[1]
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
