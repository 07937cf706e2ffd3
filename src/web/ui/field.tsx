// A labelled control with its hint and its error, bound for screen readers. Works as plain HTML.
import { useId, type ComponentProps, type ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'

export interface FieldLook {
  label: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  /** Said beside the label of a field that may stay empty. */
  optional?: string
  /** Only screen readers get the label; for search boxes whose purpose is plain to see. */
  labelHidden?: boolean
}

export const controlClass =
  'block w-full rounded-base border border-edge bg-raised px-3.5 text-body text-ink transition-colors duration-150 hover:border-ink focus-visible:border-nila focus-visible:outline-offset-0 aria-invalid:border-bata disabled:bg-sunken disabled:text-faint'

interface Bound {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** The frame of any control: gives it the id and the aria attributes that bind label, hint and error. */
export function FieldFrame({
  label,
  hint,
  error,
  optional,
  labelHidden,
  id: given,
  className,
  children,
}: FieldLook & { id?: string | undefined; className?: string | undefined; children: (bound: Bound) => ReactNode }) {
  const made = useId()
  const id = given ?? made
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  return (
    <div className={className}>
      <label
        htmlFor={id}
        className={cx(labelHidden ? 'visually-hidden' : 'mb-1.5 block text-small font-semibold text-ink')}
      >
        {label}
        {optional && <span className="ml-2 font-normal text-faint">{optional}</span>}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-small font-medium text-bata">
          <Icon name="alert" className="mt-[0.2em]" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-small text-faint">
          {hint}
        </p>
      )}
    </div>
  )
}

export function Field({
  label,
  hint,
  error,
  optional,
  labelHidden,
  className,
  id,
  ...input
}: FieldLook & Omit<ComponentProps<'input'>, 'label'>) {
  return (
    <FieldFrame {...({ label, hint, error, optional, labelHidden, className, id } as Parameters<typeof FieldFrame>[0])}>
      {(bound) => <input {...bound} {...input} className={cx(controlClass, 'h-12')} />}
    </FieldFrame>
  )
}

export function Textarea({
  label,
  hint,
  error,
  optional,
  labelHidden,
  className,
  id,
  ...area
}: FieldLook & ComponentProps<'textarea'>) {
  return (
    <FieldFrame {...({ label, hint, error, optional, labelHidden, className, id } as Parameters<typeof FieldFrame>[0])}>
      {(bound) => (
        <textarea
          rows={4}
          {...bound}
          {...area}
          className={cx(controlClass, 'field-sizing-content min-h-28 py-3 leading-normal')}
        />
      )}
    </FieldFrame>
  )
}

export function Select({
  label,
  hint,
  error,
  optional,
  labelHidden,
  className,
  id,
  children,
  ...select
}: FieldLook & ComponentProps<'select'>) {
  return (
    <FieldFrame {...({ label, hint, error, optional, labelHidden, className, id } as Parameters<typeof FieldFrame>[0])}>
      {(bound) => (
        <span className="relative block">
          <select {...bound} {...select} className={cx(controlClass, 'h-12 appearance-none pr-10')}>
            {children}
          </select>
          <Icon
            name="chevron-down"
            className="pointer-events-none absolute top-1/2 right-3.5 -translate-y-1/2 text-faint"
          />
        </span>
      )}
    </FieldFrame>
  )
}

export function Checkbox({
  label,
  hint,
  className,
  ...input
}: { label: ReactNode; hint?: ReactNode } & Omit<ComponentProps<'input'>, 'type'>) {
  const id = useId()
  return (
    <div className={cx('flex gap-3', className)}>
      <input
        type="checkbox"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...input}
        className="mt-1 size-4.5 shrink-0 accent-nila"
      />
      <div>
        <label htmlFor={id} className="text-small font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-small text-faint">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
