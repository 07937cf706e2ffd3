// What the codes of live connections mean, in the reader's words.
import { m } from '../../../web/i18n/generated/messages.js'
import type { Protocol } from '../contract.ts'

const protocols: Record<Protocol, () => string> = {
  plain: () => m.common_protocol_plain(),
  plain_sse: () => m.common_protocol_plain_sse(),
  centrifugo: () => m.common_protocol_centrifugo(),
  centrifugo_sse: () => m.common_protocol_centrifugo_sse(),
  centrifugo_stream: () => m.common_protocol_centrifugo_stream(),
}
export const protocolWord = (protocol: string): string => protocols[protocol as Protocol]?.() ?? protocol

const closes: Partial<Record<number, () => string>> = {
  3000: () => m.common_close_3000(),
  3001: () => m.common_close_3001(),
  3004: () => m.common_close_3004(),
  3005: () => m.common_close_3005(),
  3008: () => m.common_close_3008(),
  3011: () => m.common_close_3011(),
  3012: () => m.common_close_3012(),
  3013: () => m.common_close_3013(),
  3014: () => m.common_close_3014(),
  3500: () => m.common_close_3500(),
  3501: () => m.common_close_3501(),
  3502: () => m.common_close_3502(),
  3503: () => m.common_close_3503(),
}
/** Why a connection was closed. */
export const closeWord = (code: number, reason: string | null): string =>
  closes[code]?.() ?? (reason ? m.common_close_other({ code, reason }) : m.common_close_code({ code }))

const refusals: Partial<Record<number, () => string>> = {
  400: () => m.common_close_3501(),
  401: () => m.common_refused_401(),
  403: () => m.common_refused_403(),
  429: () => m.common_refused_429(),
  503: () => m.common_refused_503(),
}
/** Why somebody was not let in: by the status of the answer, or by the code of the close. */
export const refusalWord = (code: number): string => refusals[code]?.() ?? closeWord(code, null)
