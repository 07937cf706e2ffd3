// What a person presses. One main button a page; the rest is quiet. A link that looks like a button is `ButtonLink`.
import type { ComponentProps, ReactNode } from 'react'
import { Link as RouterLink } from 'react-router'
import { cx } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type ButtonKind = 'main' | 'quiet' | 'plain' | 'danger'
export type ButtonSize = 'small' | 'normal' | 'large'

const base =
  'inline-flex items-center justify-center gap-2 rounded-base font-semibold whitespace-nowrap transition-colors duration-150 disabled:opacity-55 aria-disabled:opacity-55 select-none no-underline'
const kinds: Record<ButtonKind, string> = {
  main: 'bg-nila text-on-nila hover:bg-nila-deep',
  quiet: 'border border-edge/60 bg-raised text-ink hover:border-ink hover:bg-sunken',
  plain: 'text-ink hover:bg-sunken',
  danger: 'border border-bata/60 bg-raised text-bata hover:bg-bata-wash',
}
const sizes: Record<ButtonSize, string> = {
  small: 'min-h-9 px-3 text-small',
  normal: 'min-h-11 px-4.5 text-small',
  large: 'min-h-13 px-6 text-body',
}

interface Look {
  kind?: ButtonKind
  size?: ButtonSize
  icon?: IconName
  /** An icon after the words. */
  after?: IconName
  children: ReactNode
}

export function buttonClass(
  { kind = 'quiet', size = 'normal' }: Pick<Look, 'kind' | 'size'>,
  className?: string,
): string {
  return cx(base, kinds[kind], sizes[size], className)
}

export function Button({
  kind,
  size,
  icon,
  after,
  children,
  className,
  type = 'submit',
  busy = false,
  ...rest
}: Look & Omit<ComponentProps<'button'>, 'children'> & { busy?: boolean }) {
  return (
    <button
      type={type}
      className={buttonClass({ ...(kind && { kind }), ...(size && { size }) }, className)}
      aria-busy={busy || undefined}
      disabled={busy || undefined}
      {...rest}
    >
      {icon && <Icon name={busy ? 'refresh' : icon} />}
      {children}
      {after && <Icon name={after} />}
    </button>
  )
}

export function ButtonLink({
  kind,
  size,
  icon,
  after,
  children,
  className,
  ...rest
}: Look & Omit<ComponentProps<typeof RouterLink>, 'children' | 'className'> & { className?: string }) {
  return (
    <RouterLink className={buttonClass({ ...(kind && { kind }), ...(size && { size }) }, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
      {after && <Icon name={after} />}
    </RouterLink>
  )
}
