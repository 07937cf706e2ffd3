import type { listFaqs } from '../../../../domains/content/contract.ts'
import type { Output } from '../../../../platform/contract/operation.ts'
import { Disclosure } from '../../../ui/disclosure.tsx'

export type Faq = Output<typeof listFaqs>['data'][number]

/** Questions that open to their answers. */
export function FaqList({ faqs, openFirst = false }: { faqs: Faq[]; openFirst?: boolean }) {
  return (
    <div className="border-t border-line">
      {faqs.map((faq, index) => (
        <Disclosure key={faq.id} summary={faq.question} open={openFirst && index === 0}>
          <p className="whitespace-pre-line">{faq.answer}</p>
        </Disclosure>
      ))}
    </div>
  )
}
