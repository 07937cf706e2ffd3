// What every benchmark of live connections is given.
import type { GatewayProcess } from './gateway.ts'
import type { Installation } from './installation.ts'
import type { Receivers } from './receivers.ts'

export interface Setting {
  installation: Installation
  receivers: Receivers
  /** Further receivers, in a process of their own. */
  more(): Receivers
  /** A fresh gateway, which ends with the benchmark. */
  gateway(environment?: Record<string, string>): Promise<GatewayProcess>
  /** Something to be done at the end, whatever happens. */
  ending(task: () => void | Promise<void>): void
}

/** Rows of the table that a benchmark prints. */
export type Row = { what: string; reach: string } & Record<string, string | number>
