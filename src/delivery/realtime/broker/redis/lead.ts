// Which of the nodes reads the log for all: one holds a key that runs out when it is not renewed. Two may believe it for a
// moment; that costs a second reading and nothing else, because a batch says where it belongs.
import type { RedisClient } from './connection.ts'

/** Milliseconds after which a leader that has died is replaced. */
const LEASE_MS = 4_000

const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`
const LEAVE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 0`

export interface Lead {
  /** Takes the lead when nobody has it, and keeps it; whether it is ours now. */
  claim(client: RedisClient): Promise<boolean>
  leave(client: RedisClient): Promise<void>
}

export function createLead(key: string, node: string): Lead {
  const once = (script: string, client: RedisClient, ...rest: string[]) =>
    client.eval(script, { keys: [key], arguments: [node, ...rest] })
  return {
    async claim(client) {
      if ((await client.set(key, node, { condition: 'NX', expiration: { type: 'PX', value: LEASE_MS } })) === 'OK')
        return true
      return (await once(RENEW, client, String(LEASE_MS))) === 1
    },
    async leave(client) {
      await once(LEAVE, client)
    },
  }
}
