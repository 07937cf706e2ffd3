// A story in time: what happened, what is happening, what comes.
import type { ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export interface TimelineStep {
  key: string
  state: 'done' | 'current' | 'ahead' | 'ended'
  icon?: IconName
  title: ReactNode
  at?: ReactNode
  children?: ReactNode
}

const marks: Record<TimelineStep['state'], string> = {
  done: 'border-daun bg-daun-wash text-daun',
  current: 'border-nila bg-nila text-on-nila',
  ahead: 'border-line bg-paper text-faint',
  ended: 'border-bata bg-bata-wash text-bata',
}
const usual: Record<TimelineStep['state'], IconName> = {
  done: 'check',
  current: 'play',
  ahead: 'clock',
  ended: 'close',
}

export function Timeline({ label, steps }: { label: string; steps: TimelineStep[] }) {
  return (
    <ol aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step.key}
          aria-current={step.state === 'current' ? 'step' : undefined}
          className="animate-arrive relative flex gap-4 pb-7 last:pb-0"
        >
          {index < steps.length - 1 && (
            <span
              aria-hidden
              className={cx(
                'absolute top-9 bottom-0 left-[1.0625rem] w-px',
                step.state === 'done' ? 'bg-daun/50' : 'bg-line',
              )}
            />
          )}
          <span className={cx('grid size-9 shrink-0 place-items-center rounded-full border', marks[step.state])}>
            <Icon name={step.icon ?? usual[step.state]} className="size-4" />
          </span>
          <div className="min-w-0 flex-1 pt-1">
            <div className="items-baseline justify-between gap-x-4 sm:flex">
              <p className={cx('font-semibold', step.state === 'ahead' && 'font-medium text-faint')}>{step.title}</p>
              {step.at && <p className="text-caption text-faint sm:text-right">{step.at}</p>}
            </div>
            {step.children && <div className="mt-1 text-small text-soft">{step.children}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
