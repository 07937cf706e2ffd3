// A field that finds one of many: what is typed is searched by whoever uses it, what is chosen stands in the field.
import { Combobox as Base } from '@base-ui/react/combobox'
import { useEffect, useRef, useState, type FocusEvent } from 'react'
import { m } from '../i18n/generated/messages.js'
import { cx } from './class-names.ts'
import { controlClass, FieldFrame, type FieldLook } from './field.tsx'
import { Icon } from './icon.tsx'

export interface ComboboxChoice {
  value: string
  label: string
  /** Tells those of the same name apart. */
  detail?: string
}

export function Combobox({
  choices,
  chosen,
  onChoose,
  onSearch,
  nothing,
  placeholder,
  dense = false,
  className,
  ...look
}: FieldLook & {
  /** What is offered for what was typed. */
  choices: readonly ComboboxChoice[]
  chosen: ComboboxChoice | null
  onChoose(choice: ComboboxChoice | null): void
  onSearch(text: string): void
  /** Said while there is nothing to offer. */
  nothing: string
  placeholder?: string
  /** As low as the filters of a list. */
  dense?: boolean
  className?: string
}) {
  const [open, setOpen] = useState(false)
  const actions = useRef<Base.Root.Actions>(null)
  const frame = useRef<HTMLSpanElement>(null)
  // The library waits for its own popup to have faded before it takes the choices away; here is none.
  useEffect(() => {
    if (!open) actions.current?.unmount()
  }, [open])
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent<HTMLInputElement>) => {
    if (!frame.current?.contains(relatedTarget)) setOpen(false)
    else if (relatedTarget?.closest('[role=listbox]')) currentTarget.focus()
  }
  return (
    <FieldFrame {...look} className={className}>
      {(bound) => (
        <Base.Root
          open={open}
          onOpenChange={setOpen}
          actionsRef={actions}
          items={choices}
          filter={null}
          value={chosen}
          onValueChange={(choice) => onChoose(choice)}
          onInputValueChange={(text, { reason }) => {
            if (reason === 'input-change' || reason === 'input-clear' || reason === 'clear-press') onSearch(text)
          }}
          isItemEqualToValue={(one, other) => one.value === other.value}
          autoHighlight
        >
          <span ref={frame} className="relative block">
            <Icon
              name="search"
              className="pointer-events-none absolute top-1/2 left-3 z-10 -translate-y-1/2 text-faint"
            />
            <Base.Input
              {...bound}
              placeholder={placeholder}
              maxLength={100}
              spellCheck={false}
              onBlur={onBlur}
              className={cx(controlClass, 'pr-10 pl-9', dense ? 'h-10 text-small' : 'h-12')}
            />
            <Base.Clear
              aria-label={m.common_clear()}
              className="absolute top-1/2 right-1 inline-flex size-9 -translate-y-1/2 items-center justify-center rounded-base text-faint hover:text-ink"
            >
              <Icon name="close" />
            </Base.Clear>
          </span>
          {/* Beside the field, so that it belongs to the same part of the page. Without `Base.Popup`: it hides the rest of the page
              from screen readers for as long as it is open, also what the Tab key still reaches. */}
          <Base.Portal container={frame}>
            <Base.Positioner align="start" sideOffset={6} className="z-50 outline-none">
              <div className="max-h-[min(20rem,var(--available-height))] w-(--anchor-width) min-w-64 overflow-y-auto rounded-base border border-line bg-raised p-1.5 text-small shadow-float transition-opacity duration-150 starting:opacity-0">
                <Base.Empty className="px-3 py-2 text-soft empty:hidden">{nothing}</Base.Empty>
                <Base.List className="outline-none">
                  {(choice: ComboboxChoice) => (
                    <Base.Item
                      key={choice.value}
                      value={choice}
                      className="cursor-default rounded-[calc(var(--radius-base)-0.25rem)] px-3 py-2 outline-none data-highlighted:bg-nila-wash"
                    >
                      <span className="block font-medium wrap-anywhere">{choice.label}</span>
                      {choice.detail && (
                        <span className="block text-caption text-soft wrap-anywhere">{choice.detail}</span>
                      )}
                    </Base.Item>
                  )}
                </Base.List>
              </div>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </FieldFrame>
  )
}
