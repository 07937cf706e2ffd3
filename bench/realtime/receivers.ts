// The handle of a process of receivers.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Requests } from './receiver-contract.ts'

export type Receivers = Requests & { pid: number; stop(): void }

interface Answer {
  id: number
  result?: unknown
  error?: string
}

export function startReceivers(): Receivers {
  const child = fork(fileURLToPath(new URL('receiver.ts', import.meta.url)))
  const asked = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  let next = 0
  child.on('message', ({ id, result, error }: Answer) => {
    const waiting = asked.get(id)
    asked.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error))
  })
  child.on('exit', (code) => {
    for (const { reject } of asked.values()) reject(new Error(`the receivers ended with ${code}`))
  })
  const ask =
    (name: string) =>
    (...input: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = next++
        asked.set(id, { resolve, reject })
        child.send({ id, name, input })
      })
  const own = { pid: child.pid ?? 0, stop: () => void child.kill('SIGKILL') }
  return new Proxy(own, {
    get: (target, name) => Reflect.get(target, name) ?? (name === 'then' ? undefined : ask(String(name))),
  }) as Receivers
}
