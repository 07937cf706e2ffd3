// The narrow column in which all account pages stand.
import type { ReactNode } from 'react'
import { Notice } from '../../ui/notice.tsx'
import { PageHead } from '../../ui/page-head.tsx'

export function AccountFrame({
  title,
  text,
  message,
  children,
}: {
  title: string
  text?: ReactNode
  message?: string | null | undefined
  children: ReactNode
}) {
  return (
    <div className="page flex justify-center py-12 md:py-20">
      <PageHead title={title} index={false} />
      <div className="w-full max-w-md">
        <h1 className="text-title md:text-display">{title}</h1>
        {text && <p className="mt-3 text-soft">{text}</p>}
        {message && (
          <Notice tone="danger" live className="mt-6">
            {message}
          </Notice>
        )}
        <div className="mt-8">{children}</div>
      </div>
    </div>
  )
}
