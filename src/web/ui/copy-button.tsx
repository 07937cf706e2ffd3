// Copies a text and says so. Without JavaScript it is not there.
import { useEffect, useState } from 'react'
import { m } from '../i18n/generated/messages.js'
import { Button } from './button.tsx'
import { LiveRegion } from './live-region.tsx'
import { useAlive } from './now.ts'

export function CopyButton({ text, children, className }: { text: string; children?: string; className?: string }) {
  const alive = useAlive()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  if (!alive) return null
  return (
    <>
      <Button
        type="button"
        kind="quiet"
        size="small"
        icon={copied ? 'check' : 'copy'}
        className={className}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {copied ? m.common_copied() : (children ?? m.common_copy())}
      </Button>
      <LiveRegion>{copied ? m.common_copied() : ''}</LiveRegion>
    </>
  )
}
