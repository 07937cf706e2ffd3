// Where the content of a QR code is pasted, as a phone would read it with its camera.
import { m } from '../../i18n/generated/messages.js'
import { Button } from '../../ui/button.tsx'
import { Textarea } from '../../ui/field.tsx'

export function ScanForm({ qr, error }: { qr: string; error: string | null }) {
  return (
    <form method="get" action="/sandbox/wallet">
      <p className="mt-3 text-small text-soft">{m.sandbox_scan_text()}</p>
      <Textarea
        className="mt-6"
        name="qr"
        label={m.sandbox_scan_label()}
        hint={m.sandbox_scan_hint()}
        error={error}
        defaultValue={qr}
        rows={6}
        maxLength={1_000}
        required
        autoComplete="off"
        spellCheck={false}
      />
      <Button kind="main" size="large" icon="qr" className="mt-6 w-full">
        {m.sandbox_scan_submit()}
      </Button>
    </form>
  )
}
