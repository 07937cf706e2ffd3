import type { ReactNode } from 'react'

/** The title of a page with what it is about. */
export function PageTop({ title, text, children }: { title: ReactNode; text?: ReactNode; children?: ReactNode }) {
  return (
    <div className="border-b border-line">
      <div className="page py-12 md:py-16">
        <h1 className="text-display md:text-[3rem]">{title}</h1>
        {text && <p className="measure mt-4 text-soft md:text-lead md:leading-normal">{text}</p>}
        {children && <div className="mt-7">{children}</div>}
      </div>
    </div>
  )
}
