// A QR code as one SVG path, crisp at any size and the same from server and browser. Always dark on white, also in the dark
// theme: some wallets do not read inverted codes.
import qrcode from 'qrcode'
import { cx } from './class-names.ts'

export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const side = modules.size + 2 * quiet
  let path = ''
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      let run = 0
      while (x + run < modules.size && modules.get(y, x + run)) run++
      if (run > 0) path += `M${x + quiet} ${y + quiet}h${run}v1h-${run}z`
      x += run
    }
  }
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={cx('block h-auto w-full rounded-base', className)}
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#0b0f1a" />
    </svg>
  )
}
