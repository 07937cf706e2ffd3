// Places counted over all nodes: each writes how many it has taken itself, so that a node that dies frees its own. Without Redis
// a node counts alone.
import type { Logger } from 'pino'
import type { Counter } from '../broker.ts'
import { OwnCounter } from '../own-counter.ts'
import type { RedisClient } from './connection.ts'
import type { Holdings } from './holdings.ts'

const TAKE = `
local all = redis.call('HGETALL', KEYS[1])
local taken = tonumber(ARGV[2])
for i = 1, #all, 2 do
  if all[i] ~= ARGV[1] then
    if redis.call('EXISTS', ARGV[4] .. all[i]) == 1 then taken = taken + tonumber(all[i + 1])
    else redis.call('HDEL', KEYS[1], all[i]) end
  end
end
if taken > tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('SADD', KEYS[2], KEYS[1])
return 1`

export interface RedisCounterOptions {
  prefix: string
  node: string
  holdings: Holdings
  client(): RedisClient | undefined
  log: Logger
}

export function createRedisCounter(options: RedisCounterOptions): Counter {
  const { prefix, node, holdings, log } = options
  const own = new OwnCounter()
  const hashOf = (key: string) => `${prefix}places:${key}`

  function write(key: string): void {
    const taken = own.of(key)
    holdings.set(hashOf(key), node, taken > 0 ? String(taken) : null)
  }

  async function ask(client: RedisClient, key: string, most: number): Promise<boolean> {
    const hash = hashOf(key)
    const taken = String(own.of(key))
    try {
      const given = await client.eval(TAKE, {
        keys: [hash, holdings.keys.held],
        arguments: [node, taken, String(most), holdings.lifeOf('')],
      })
      if (given === 1) return true
      own.free(key)
      return false
    } catch (error) {
      log.debug({ err: error }, 'places are counted by this node alone')
      return true
    } finally {
      // What was taken or freed meanwhile counts.
      write(key)
    }
  }

  return {
    take(key, most) {
      if (!own.take(key, most)) return false
      const client = options.client()
      if (client) return ask(client, key, most)
      write(key)
      return true
    },
    free(key) {
      own.free(key)
      write(key)
    },
  }
}
