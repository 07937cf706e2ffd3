// Lists are pages behind an opaque cursor: there is a next page and the beginning, nothing to count.
import { useLocation } from 'react-router'
import { m } from '../i18n/generated/messages.js'
import { ButtonLink } from './button.tsx'

export function Pagination({ nextCursor, className }: { nextCursor: string | null; className?: string }) {
  const { pathname, search } = useLocation()
  const query = new URLSearchParams(search)
  const later = query.has('cursor')
  if (!later && nextCursor === null) return null
  const address = (cursor: string | null) => {
    const next = new URLSearchParams(query)
    if (cursor === null) next.delete('cursor')
    else next.set('cursor', cursor)
    return next.size === 0 ? pathname : `${pathname}?${next}`
  }
  return (
    <nav aria-label={m.common_pages()} className={className}>
      <div className="flex justify-between gap-3">
        {later ? (
          <ButtonLink size="small" icon="arrow-left" to={address(null)}>
            {m.common_first_page()}
          </ButtonLink>
        ) : (
          <span />
        )}
        {nextCursor !== null && (
          <ButtonLink size="small" after="arrow-right" to={address(nextCursor)}>
            {m.common_next_page()}
          </ButtonLink>
        )}
      </div>
    </nav>
  )
}
