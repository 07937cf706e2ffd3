// Says that the page may be out of date, but only when the connection stays away for longer than a blink.
import { useEffect, useState } from 'react'
import { m } from '../i18n/generated/messages.js'
import { useLive } from './live.tsx'
import { Notice } from './notice.tsx'

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
    <Notice tone="attention" title={m.common_interrupted_title()} className="animate-arrive mb-6 print:hidden">
      {m.common_interrupted_text()}
    </Notice>
  )
}
