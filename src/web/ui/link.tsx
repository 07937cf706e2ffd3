// A link within text or standing alone. Pages without JavaScript follow it like any link.
import type { ComponentProps } from 'react'
import { Link as RouterLink } from 'react-router'
import { cx } from './class-names.ts'

const looks = {
  text: 'text-nila underline decoration-nila/40 underline-offset-[0.2em] hover:decoration-nila',
  plain: 'text-ink no-underline hover:text-nila',
  quiet: 'text-soft no-underline hover:text-ink hover:underline underline-offset-[0.25em] decoration-line',
}

export function Link({
  look = 'text',
  className,
  ...rest
}: Omit<ComponentProps<typeof RouterLink>, 'className'> & { look?: keyof typeof looks; className?: string }) {
  return <RouterLink className={cx('transition-colors duration-150', looks[look], className)} {...rest} />
}
