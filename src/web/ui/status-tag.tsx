// A state as an icon and a word; the colour only repeats what the word says.
import type { ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import { toneClass, toneIcon, type Tone } from './notice.tsx'

/** `arriving` lets a tag whose state has just changed slide in; key it by the state. */
export function StatusTag({
  tone,
  icon,
  children,
  arriving = false,
  className,
}: {
  tone: Tone
  icon?: IconName
  children: ReactNode
  arriving?: boolean
  className?: string
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-full py-0.5 pr-2.5 pl-2 text-caption font-semibold whitespace-nowrap',
        toneClass[tone],
        arriving && 'animate-arrive',
        className,
      )}
    >
      <Icon name={icon ?? toneIcon[tone]} />
      {children}
    </span>
  )
}

/** A small neutral mark: a count, a kind. */
export function Badge({
  children,
  tone = 'neutral',
  className,
}: {
  children: ReactNode
  tone?: Tone
  className?: string
}) {
  return (
    <span
      className={cx(
        'inline-flex min-w-5 items-center justify-center rounded-full px-1.5 text-caption font-semibold tabular',
        toneClass[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
