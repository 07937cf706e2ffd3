// A process of receivers: opens many connections, counts what arrives, and looks at a few of them closely.
import { each, Group } from './receiver-group.ts'
import type { Requests } from './receiver-contract.ts'
import { watch } from './receiver-moves.ts'
import type { Watch } from './receiver-moves.ts'

const groups = new Map<string, Group>()
const watches = new Map<string, Watch>()
const groupOf = (name: string): Group => {
  const group = groups.get(name)
  if (!group) throw new Error(`no group ${name}`)
  return group
}
let samples: [number, number][] = []

const requests: Requests = {
  async open(opening) {
    const group = groups.get(opening.group) ?? new Group(opening)
    groups.set(opening.group, group)
    await each(opening.visitors, opening.atOnce, async (visitor) => void (await group.join(visitor)))
  },
  totals: async (name) => groupOf(name).totals,
  reached: (name, messages) => groupOf(name).reached(messages),
  async sample(name, every) {
    for (const socket of groupOf(name).everyNth(every))
      socket.document = ({ payload: { data } }, time) => {
        if (data.n !== undefined) samples.push([data.n, time])
      }
  },
  async samples() {
    const noted = samples
    samples = []
    return noted
  },
  async stall(name, every) {
    const sockets = groupOf(name).everyNth(every)
    for (const socket of sockets) socket.stall()
    return sockets.length
  },
  async close(name) {
    groups.get(name)?.close()
    groups.delete(name)
  },
  async churn(opening, milliseconds) {
    const group = new Group(opening)
    const until = performance.now() + milliseconds
    const waits: number[] = []
    await each(opening.visitors, opening.atOnce, async (visitor) => {
      const began = performance.now()
      if (began > until) return
      const socket = await group.join(visitor)
      waits.push(performance.now() - began)
      socket.close()
    })
    return { done: waits.length, waits }
  },
  async watch(name, to) {
    watches.set(name, watch(groupOf(name), to))
  },
  async moves(name) {
    const moves = watches.get(name)?.moves()
    if (!moves) throw new Error(`group ${name} is not watched`)
    return moves
  },
}

process.on('message', ({ id, name, input }: { id: number; name: keyof Requests; input: unknown[] }) => {
  const work = requests[name] as (...input: unknown[]) => Promise<unknown>
  work(...input).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: (error as Error).message }),
  )
})
process.on('disconnect', () => process.exit(0))
