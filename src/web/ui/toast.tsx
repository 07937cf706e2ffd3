// Short news about what just happened, announced to screen readers. Wrap a layout in `ToastProvider`, then `useToast()`.
import { Toast as Base } from '@base-ui/react/toast'
import type { ReactNode } from 'react'
import { m } from '../i18n/generated/messages.js'
import { Icon } from './icon.tsx'
import { toneIcon, type Tone } from './notice.tsx'

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider timeout={6000} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Toasts() {
  const { toasts } = Base.useToastManager()
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="rounded-base border border-line bg-raised p-4 shadow-float transition-all duration-200 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <div className="flex items-start gap-3 text-small">
        <Icon name={toneIcon[(toast.type as Tone | undefined) ?? 'neutral']} className="mt-[0.15em]" />
        <div className="min-w-0 flex-1">
          <Base.Title className="font-semibold" />
          <Base.Description className="text-soft" />
          <Base.Action className="mt-1.5 font-semibold text-nila hover:underline" />
        </div>
        <Base.Close aria-label={m.common_close()} className="-m-1 rounded-base p-1 text-faint hover:text-ink">
          <Icon name="close" className="block" />
        </Base.Close>
      </div>
    </Base.Root>
  ))
}

export interface ToastNews {
  title: string
  text?: string
  tone?: Tone
  /** For instance an undo. */
  action?: { label: string; run: () => void }
}

export function useToast(): (news: ToastNews) => void {
  const manager = Base.useToastManager()
  return ({ title, text, tone = 'neutral', action }) => {
    const act = (run: () => void) => {
      manager.close(id)
      run()
    }
    const id = manager.add({
      title,
      type: tone,
      ...(text && { description: text }),
      ...(action && { actionProps: { children: action.label, onClick: () => act(action.run) } }),
      priority: tone === 'danger' ? 'high' : 'low',
    })
  }
}
