// The word "SANDBOX" across the screen, so that no picture of it passes for a real payment.
import { m } from '../../i18n/generated/messages.js'

export function Watermark() {
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 -z-10 size-full text-ink opacity-[0.045]">
      <defs>
        <pattern id="sandbox" width="170" height="110" patternUnits="userSpaceOnUse" patternTransform="rotate(-28)">
          <text x="0" y="40" fill="currentColor" fontSize="26" fontWeight="800" letterSpacing="3">
            {m.sandbox_watermark()}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#sandbox)" />
    </svg>
  )
}
