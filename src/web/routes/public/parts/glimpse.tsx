// What a client sees while the work goes on, shown with the very parts the portal is made of.
import { m } from '../../../i18n/generated/messages.js'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import { Ticks } from './section.tsx'

export function Glimpse() {
  return (
    <section aria-labelledby="glimpse-title" className="border-y border-line bg-sunken">
      <div className="page grid items-center gap-12 py-16 md:py-24 lg:grid-cols-[1fr_1.05fr] lg:gap-20">
        <div className="measure">
          <h2 id="glimpse-title" className="text-title md:text-display">
            {m.public_glimpse_title()}
          </h2>
          <p className="mt-4 text-soft">{m.public_glimpse_text()}</p>
          <Ticks
            className="mt-6"
            items={[m.public_glimpse_point_one(), m.public_glimpse_point_two(), m.public_glimpse_point_three()]}
          />
        </div>
        <figure aria-label={m.public_glimpse_label()} className="rounded-base border border-line bg-raised p-6 sm:p-8">
          <div className="mb-7 flex flex-wrap items-start justify-between gap-3">
            <div>
              <p className="text-lead font-bold">{m.public_glimpse_project()}</p>
              <p className="text-small text-soft">{m.public_glimpse_plan()}</p>
            </div>
            <StatusTag tone="attention" icon="eye">
              {m.public_glimpse_status()}
            </StatusTag>
          </div>
          <Timeline
            label={m.public_glimpse_label()}
            steps={[
              { key: 'ordered', state: 'done', title: m.public_glimpse_ordered(), at: m.public_glimpse_ordered_at() },
              { key: 'paid', state: 'done', title: m.public_glimpse_paid(), at: m.public_glimpse_paid_at() },
              {
                key: 'review',
                state: 'current',
                icon: 'eye',
                title: m.public_glimpse_review(),
                at: m.public_glimpse_review_at(),
                children: m.public_glimpse_review_text(),
              },
              { key: 'done', state: 'ahead', icon: 'flag', title: m.public_glimpse_done() },
            ]}
          />
        </figure>
      </div>
    </section>
  )
}
