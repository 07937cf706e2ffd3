import type { Output } from '../../../../platform/contract/operation.ts'
import type { getStatus } from '../../../../domains/realtime/contract.ts'

/** The state of all gateways, without its list. */
export type Status = Omit<Output<typeof getStatus>, 'list'>
