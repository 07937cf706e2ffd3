// A plain table for people: caption for screen readers, figures right-aligned, one line a row on wide screens. On narrow ones
// it scrolls inside its own box, which can be reached by keyboard.
import type { ReactNode } from 'react'
import { cx } from './class-names.ts'

export interface Column<Row> {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** Figures and amounts. */
  end?: boolean
  className?: string
}

export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  className,
}: {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  className?: string
}) {
  return (
    <div
      role="region"
      aria-label={caption}
      tabIndex={0}
      className={cx('relative -mx-1 overflow-x-auto px-1', className)}
    >
      <table className="w-full border-collapse text-small">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx(
                  'px-3 py-2.5 text-caption font-semibold whitespace-nowrap text-faint first:pl-0 last:pr-0',
                  column.end ? 'text-right' : 'text-left',
                  column.className,
                )}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-0 hover:bg-sunken/60">
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={cx(
                    'px-3 py-3 align-top first:pl-0 last:pr-0',
                    column.end && 'text-right whitespace-nowrap tabular',
                    column.className,
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
