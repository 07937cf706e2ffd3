// Reaches any page, project, client or invoice from anywhere: Ctrl-K or ⌘K, a few letters, Enter.
import { Dialog as Base } from '@base-ui/react/dialog'
import { useEffect, useState } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { Icon } from '../../../ui/icon.tsx'
import { useAlive } from '../../../ui/now.ts'
import { PaletteList } from './palette-list.tsx'

export function Palette() {
  const [open, setOpen] = useState(false)
  const alive = useAlive()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen((before) => !before)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Base.Root open={open} onOpenChange={(next) => setOpen(next)}>
      {alive && (
        <Base.Trigger
          aria-keyshortcuts="Control+K Meta+K"
          className="flex min-h-10 items-center gap-2.5 rounded-base border-line px-2.5 text-small text-faint transition-colors duration-150 hover:border-ink hover:text-ink lg:w-full lg:border"
        >
          <Icon name="search" />
          <span className="flex-1 text-left max-lg:visually-hidden">{m.console_palette_short()}</span>
          <kbd aria-hidden className="rounded-[0.375rem] bg-sunken px-1.5 font-mono text-caption max-lg:hidden">
            {/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}
          </kbd>
        </Base.Trigger>
      )}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/45 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup className="fixed inset-x-4 top-[10dvh] z-50 mx-auto max-w-xl overflow-hidden rounded-base border border-line bg-raised shadow-float transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0">
          <Base.Title className="visually-hidden">{m.console_palette_open()}</Base.Title>
          <PaletteList onGone={() => setOpen(false)} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
