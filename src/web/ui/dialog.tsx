// A question or a form over the page. Focus goes in, stays, and comes back; Escape closes.
import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactElement, ReactNode } from 'react'
import { m } from '../i18n/generated/messages.js'
import { Icon } from './icon.tsx'

export interface DialogProps {
  title: ReactNode
  /** A button that opens it; leave out when `open` is controlled. */
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}

export function Dialog({ title, trigger, open, onOpenChange, children }: DialogProps) {
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange && { onOpenChange: (next: boolean) => onOpenChange(next) })}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/45 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup className="fixed inset-x-4 top-[12dvh] z-50 mx-auto max-h-[80dvh] max-w-lg overflow-y-auto rounded-base border border-line bg-raised p-6 shadow-float transition-all duration-150 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0">
          <div className="mb-4 flex items-start justify-between gap-4">
            <Base.Title className="text-lead font-bold">{title}</Base.Title>
            <Base.Close
              aria-label={m.common_close()}
              className="-mt-1 -mr-2 rounded-base p-2 text-soft hover:bg-sunken hover:text-ink"
            >
              <Icon name="close" className="block" />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** Closes the dialog around it; wrap a button. */
export function DialogClose({ children }: { children: ReactElement }) {
  return <Base.Close render={children} />
}
