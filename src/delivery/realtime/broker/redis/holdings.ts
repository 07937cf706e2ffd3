// What this node holds in Redis: fields of hashes that others read, such as who is present in a channel. Kept here as it should
// be and written there when Redis takes it; a Redis that comes back empty, or swept us away as dead, gets all of it again.
// Each node has a key that shows it lives, and a list of the hashes it is in, so that any other can clean up after its death.
import type { Logger } from 'pino'
import type { RedisClient } from './connection.ts'

/** Milliseconds without a sign after which a node is dead, and between its signs. */
const LIFE_MS = 12_000
export const SIGN_MS = 4_000

const SWEEP = `
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local node = ARGV[1]
for _, hash in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  for _, field in ipairs(redis.call('HKEYS', hash)) do
    if field == node or string.sub(field, 1, #node + 1) == node .. '/' then redis.call('HDEL', hash, field) end
  end
end
redis.call('DEL', KEYS[1])
redis.call('SREM', KEYS[3], node)
return 1`

export interface HoldingsOptions {
  prefix: string
  node: string
  client(): RedisClient | undefined
  log: Logger
}

export class Holdings {
  readonly #options: HoldingsOptions
  readonly #wanted = new Map<string, Map<string, string>>()
  /** Fields that Redis may have otherwise. */
  readonly #unwritten = new Map<string, Set<string>>()
  #writing: Promise<void> | undefined

  constructor(options: HoldingsOptions) {
    this.#options = options
  }

  /** A field is to have a value, or to be gone. */
  set(hash: string, field: string, value: string | null): void {
    const fields = this.#wanted.get(hash) ?? new Map<string, string>()
    if (value === null) fields.delete(field)
    else fields.set(field, value)
    if (fields.size > 0) this.#wanted.set(hash, fields)
    else this.#wanted.delete(hash)
    this.#mark(hash, field)
    this.write()
  }

  #mark(hash: string, field: string): void {
    const fields = this.#unwritten.get(hash)
    if (fields) fields.add(field)
    else this.#unwritten.set(hash, new Set([field]))
  }

  /** Writes what changed, soon and together. */
  write(): void {
    this.#writing ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#writeAll())
      .catch((error: unknown) =>
        this.#options.log.debug({ err: error }, 'what this node holds is written to Redis later'),
      )
      .finally(() => {
        this.#writing = undefined
      })
  }

  async #writeAll(): Promise<void> {
    for (let client = this.#options.client(); client && this.#unwritten.size > 0; client = this.#options.client()) {
      const taken = [...this.#unwritten]
      this.#unwritten.clear()
      try {
        await Promise.all(taken.flatMap(([hash, fields]) => this.#writeHash(client, hash, fields)))
      } catch (error) {
        for (const [hash, fields] of taken) for (const field of fields) this.#mark(hash, field)
        throw error
      }
    }
  }

  #writeHash(client: RedisClient, hash: string, fields: ReadonlySet<string>): Promise<unknown>[] {
    const wanted = this.#wanted.get(hash)
    const set: string[] = []
    const gone: string[] = []
    for (const field of fields) {
      const value = wanted?.get(field)
      if (value === undefined) gone.push(field)
      else set.push(field, value)
    }
    const { held } = this.keys
    return [
      ...(set.length > 0 ? [client.hSet(hash, set)] : []),
      ...(gone.length > 0 ? [client.hDel(hash, gone)] : []),
      wanted ? client.sAdd(held, hash) : client.sRem(held, hash),
    ]
  }

  get keys() {
    return this.#keysOf(this.#options.node)
  }
  #keysOf(node: string) {
    const { prefix } = this.#options
    return { life: this.lifeOf(node), held: `${prefix}held:${node}`, nodes: `${prefix}nodes` }
  }
  lifeOf(node: string): string {
    return `${this.#options.prefix}life:${node}`
  }

  /** Shows that this node lives, and cleans up after those that do not. */
  async sign(): Promise<void> {
    const client = this.#options.client()
    if (!client) return
    const { life, nodes } = this.keys
    const before = await client.set(life, '1', { expiration: { type: 'PX', value: LIFE_MS }, GET: true })
    // Swept as dead, or a Redis that has forgotten everything.
    if (before === null) await this.#writeAnew(client)
    else this.write()
    const others = (await client.sMembers(nodes)).filter((node) => node !== this.#options.node)
    const alive = await this.livingOf(client, others)
    for (const node of others) if (!alive.has(node)) await this.#sweep(client, node)
  }

  async #writeAnew(client: RedisClient): Promise<void> {
    await client.sAdd(this.keys.nodes, this.#options.node)
    for (const [hash, fields] of this.#wanted) for (const field of fields.keys()) this.#mark(hash, field)
    this.write()
    await this.#writing
  }

  async livingOf(client: RedisClient, nodes: readonly string[]): Promise<Set<string>> {
    if (nodes.length === 0) return new Set()
    const lives = await client.mGet(nodes.map((node) => this.lifeOf(node)))
    return new Set(nodes.filter((_, index) => lives[index] !== null))
  }

  async #sweep(client: RedisClient, node: string): Promise<void> {
    const { held, life, nodes } = this.#keysOf(node)
    const swept = await client.eval(SWEEP, { keys: [held, life, nodes], arguments: [node] })
    if (swept === 1) this.#options.log.info({ node }, 'what a node held that has died was removed from Redis')
  }

  /** Takes everything along at the end. */
  async leave(): Promise<void> {
    this.#wanted.clear()
    this.#unwritten.clear()
    await this.#writing
    const client = this.#options.client()
    if (!client) return
    await client.del(this.keys.life)
    await this.#sweep(client, this.#options.node)
  }
}
