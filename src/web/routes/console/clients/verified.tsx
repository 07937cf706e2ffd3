import { m } from '../../../i18n/generated/messages.js'
import { StatusTag } from '../../../ui/status-tag.tsx'

export function Verified({ verified }: { verified: boolean }) {
  return verified ? (
    <StatusTag tone="success">{m.console_verified()}</StatusTag>
  ) : (
    <StatusTag tone="neutral" icon="clock">
      {m.console_unverified()}
    </StatusTag>
  )
}
