// A peer in a process of its own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface PeerProcess {
  port: number
  pid: number
  send(messages: string[]): void
  stop(): void
}

export async function startPeer(name: 'frame-once' | 'bare-ws' | 'socket-io'): Promise<PeerProcess> {
  const child = fork(fileURLToPath(new URL(`peers/${name}.ts`, import.meta.url)))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    port,
    pid: child.pid ?? 0,
    send: (messages) => void child.send(messages),
    stop: () => void child.kill('SIGKILL'),
  }
}
