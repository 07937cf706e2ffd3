// The address a request really came from. `X-Forwarded-For` is believed only as far as our own proxies wrote it.
import { BlockList, isIP } from 'node:net'

/** `peer` is the address of the socket; `forwarded` the `X-Forwarded-For` header. */
export type ClientAddress = (peer: string | undefined, forwarded: string | undefined) => string

/** Throws for an entry of `trustedProxies` that is neither an address nor a network (`10.0.0.0/8`). */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trusted = new BlockList()
  for (const entry of trustedProxies) addNetwork(trusted, entry)
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

  return (peer, forwarded) => {
    let address = plain(peer ?? '') ?? 'unknown'
    if (trustedProxies.length === 0 || !forwarded || address === 'unknown') return address
    // Each proxy adds at the right whom it was called by: go left while the caller is a proxy of ours.
    for (const hop of forwarded.split(',').toReversed()) {
      if (!isTrusted(address)) break
      const before = plain(hop.trim())
      if (!before) break
      address = before
    }
    return address
  }
}

function addNetwork(list: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.trim().split('/')
  const version = isIP(address)
  const longest = version === 6 ? 128 : 32
  const bits = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  if (version === 0 || rest.length > 0 || !(bits >= 0 && bits <= longest)) {
    throw new Error(`"${entry}" is neither an address nor a network: write 10.0.0.7 or 10.0.0.0/8`)
  }
  list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
}

// Some proxies add the port; IPv4 clients of an IPv6 socket look like ::ffff:192.0.2.1.
function plain(text: string): string | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text
  const unmapped = bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIP(unmapped) ? unmapped : null
}
