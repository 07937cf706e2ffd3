// Says that the page may be out of date, but only when the connection stays away for longer than a blink.
import { useEffect, useState } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { useLive } from '../../../ui/live.tsx'
import { Notice } from '../../../ui/notice.tsx'

/** Milliseconds. */
const patience = 2000

export function ConnectionNotice() {
  const { state } = useLive()
  return state === 'interrupted' ? <Interrupted /> : null
}

function Interrupted() {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), patience)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return null
  return (
    <Notice tone="attention" title={m.console_interrupted_title()} className="animate-arrive mb-6">
      {m.console_interrupted_text()}
    </Notice>
  )
}
