// A network that takes nothing until it is told to.
import type { Transport } from '../../../src/delivery/realtime/connection.ts'

export interface Stalled {
  take(writes: number): void
  flow(): void
}
/** Has a transport keep what is written to it, as a socket does whose peer reads nothing. */
export function stall(transport: Transport): Stalled {
  const kept: (Buffer | (() => void))[] = []
  const write = transport.write.bind(transport)
  const sum = () => kept.reduce((bytes, each) => bytes + (Buffer.isBuffer(each) ? each.length : 0), 0)
  Object.defineProperty(transport, 'buffered', { configurable: true, get: sum })
  Object.assign(transport, {
    write: (bytes: Buffer) => void kept.push(bytes),
    whenTaken: (taken: () => void) => void kept.push(taken),
  })
  function take(writes: number): void {
    for (let left = writes; left > 0 && kept.length > 0; left--) {
      const next = kept.shift()
      if (Buffer.isBuffer(next)) write(next)
      else next?.()
    }
  }
  return {
    take,
    flow() {
      take(Infinity)
      for (const name of ['buffered', 'write', 'whenTaken']) Reflect.deleteProperty(transport, name)
    },
  }
}
