// Whether a request comes from the machine's own network, and not through a proxy from outside.
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

const near = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  near.addSubnet(network, bits, 'ipv4')
}
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

export function isNearAddress(peer: string | undefined): boolean {
  const address = peer?.replace(/^::ffff:/, '')
  return address === undefined || near.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** What proxies add to what they pass on. */
const marks = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']

export const isNear = ({ socket, headers }: IncomingMessage): boolean =>
  marks.every((name) => headers[name] === undefined) && isNearAddress(socket.remoteAddress)
