import { bowl, dryingYard, harbour, routes } from '../art/harbour.ts'
import { kawung } from '../art/batik.ts'
import { rect, svg } from '../art/draw.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#FBF7EC;color:#16282B}
.bar{background:#0E3238;color:#B9CFCB;font:400 12px Mono;display:flex;justify-content:space-between;padding:9px 56px}
header{display:flex;align-items:center;gap:40px;padding:20px 56px;background:#FBF7EC}
.mark{font-weight:800;font-size:24px;letter-spacing:-.02em;display:flex;gap:12px;align-items:center}.mark svg{width:34px;height:34px}
header nav{display:flex;gap:30px;margin-left:auto;font-weight:600;font-size:14.5px}
.btn{background:#E3A32A;color:#16282B;font-weight:700;padding:12px 20px;font-size:14.5px}
.hero{display:grid;grid-template-columns:580px 1fr;height:580px}
.say{background:#10424A;color:#FBF7EC;padding:72px 48px 0 56px;position:relative}
h1{font-size:57px;line-height:1.04;letter-spacing:-.035em;font-weight:800}
.say p{font-size:17px;line-height:1.6;color:#C6D9D3;margin:24px 0 30px;max-width:430px}
.say .btn{display:inline-block}.say .btn+a{margin-left:24px;font-weight:600;border-bottom:2px solid #E3A32A;padding-bottom:3px}
.bowls{display:grid;grid-template-columns:repeat(6,1fr);gap:0;margin:-74px 56px 0;position:relative;background:#FBF7EC;box-shadow:0 18px 40px #0e32381f}
.bowls li+li{border-left:1px solid #E6DEC8}.bowls .pic{height:168px}.bowls b{display:block;padding:12px 16px 0;font-size:16px}.bowls span{display:block;padding:0 16px 16px;font:400 11.5px Mono;color:#6D7A72}
.facts{display:grid;grid-template-columns:1.2fr repeat(3,1fr);padding:72px 56px;gap:40px;align-items:end}.facts h2,h2{font-size:36px;line-height:1.12;letter-spacing:-.03em;font-weight:800}
.facts b{font-size:52px;font-weight:800;letter-spacing:-.04em;color:#B8482B;display:block;line-height:1.1}
.lots{padding:0 56px 80px}.lots h2{margin-bottom:26px}
td,th{text-align:left;padding:15px 12px;border-top:1px solid #D8CFB6;font-size:15px}th{font:400 12px Mono;color:#6D7A72;border:0}td:first-child{font-weight:700}td.n{font-family:Mono;font-size:13.5px}td:last-child{text-align:right;font-weight:600;color:#B8482B}
.routes{background:#10424A;color:#FBF7EC;padding:72px 56px}.routes .map{height:390px;margin-top:24px}.routes p{color:#B9CFCB;max-width:520px;margin-top:12px}
.origin{display:grid;grid-template-columns:1fr 1fr}.origin .pic{height:420px}.origin div.t{padding:72px 56px;background:#E3A32A}.origin p{font-size:17px;line-height:1.6;margin:18px 0}.origin ul{display:flex;gap:10px;flex-wrap:wrap}.origin li{border:1.5px solid #16282B;padding:6px 12px;font:500 12.5px Mono}
footer{background:#0E3238;color:#B9CFCB;padding:56px;display:grid;grid-template-columns:1.5fr 1fr 1fr 1fr;gap:40px;font-size:14px;line-height:1.8;position:relative}footer b{color:#FBF7EC;display:block}.band{height:36px}
@media(max-width:600px){.bar,header nav,header .btn{display:none}header{padding:16px 20px;justify-content:space-between}header::after{content:'';width:22px;height:14px;border-top:2.5px solid;border-bottom:2.5px solid}.hero{display:flex;flex-direction:column-reverse;height:auto}.hero .pic{height:270px}.say{padding:30px 20px 40px}h1{font-size:36px}.say p{font-size:15px;margin:14px 0 20px}.bowls{margin:0;grid-template-columns:1fr 1fr 1fr}.facts,.origin,footer{grid-template-columns:1fr;padding:32px 20px}.lots,.routes{padding:32px 20px}td:nth-child(n+3),th:nth-child(n+3){display:none}}
`

const logo = `<svg viewBox="0 0 34 34"><rect width="34" height="34" fill="#10424A"/><path d="M8 26V8l18 18V8" fill="none" stroke="#E3A32A" stroke-width="4.4"/></svg>`

const spice = (
  kind: Parameters<typeof bowl>[0],
  cloth: string,
  ware: string,
  inside: string,
  name: string,
  code: string,
): string => `<li><div class="pic">${bowl(kind, cloth, ware, inside)}</div><b>${name}</b><span>HS ${code}</span></li>`

const row = (cells: readonly string[]): string =>
  `<tr>${cells.map((cell, i) => `<td${i === 1 || i === 3 ? ' class="n"' : ''}>${cell}</td>`).join('')}</tr>`

const body = `
<div class="bar"><span>PT Niaga Rempah Nusantara</span><span>Semarang 07.42 WIB &nbsp; Rotterdam 02.42 &nbsp; ID / EN / NL</span></div>
<header><div class="mark">${logo}Niaga</div><nav><a>Produk</a><a>Asal &amp; petani</a><a>Mutu</a><a>Pengiriman</a><a>Tentang</a></nav><a class="btn">Minta penawaran</a></header>
<section class="hero"><div class="say"><h1>Rempah Jawa, tiba utuh di 23 pelabuhan.</h1><p>Kami menanam bersama 1.840 petani, menyortir di Semarang, dan mengirim dengan dokumen lengkap.</p><a class="btn">Lihat stok bulan ini</a><a>Unduh katalog</a></div><div class="pic">${harbour()}</div></section>
<ul class="bowls">
${spice('clove', '#EBD9B4', '#F7F0DF', '#3E2013', 'Cengkih', '0907.10')}
${spice('nutmeg', '#D6E0D3', '#1F5B63', '#5A3A22', 'Pala', '0908.11')}
${spice('pepper', '#F0C9A0', '#FBF7EC', '#1A1512', 'Lada hitam', '0904.11')}
${spice('cinnamon', '#E4DCC8', '#B8482B', '#5B2B13', 'Kayu manis', '0906.11')}
${spice('turmeric', '#BFD0C6', '#F7F0DF', '#8C4E0B', 'Kunyit', '0910.30')}
${spice('vanilla', '#F2DDB2', '#10424A', '#1B120D', 'Vanili', '0905.10')}
</ul>
<section class="facts"><h2>Tiga puluh satu tahun di satu dermaga.</h2><div><b>6.200 t</b>ekspor tahun 2025</div><div><b>23</b>pelabuhan tujuan tetap</div><div><b>99,4%</b>kontainer lolos uji pertama</div></section>
<section class="lots"><h2>Stok siap kirim</h2><table><tr><th>Produk</th><th>Spesifikasi</th><th>Asal</th><th>Minimum</th><th></th></tr>
${row(['Cengkih Zanzibar', 'Lal Pari, kadar air 12%', 'Minahasa', '5.000 kg', 'Tersedia 38 t'])}
${row(['Pala kupas ABCD', 'Aflatoksin &lt; 5 ppb', 'Banda Neira', '2.000 kg', 'Tersedia 14 t'])}
${row(['Lada hitam 550 g/l', 'Steril uap, ASTA', 'Lampung', '10.000 kg', 'Tersedia 52 t'])}
${row(['Kayu manis KF', 'Gulungan 8 cm, minyak 2%', 'Kerinci', '3.000 kg', 'Tersedia 21 t'])}
${row(['Kunyit iris kering', 'Kurkumin 5,2%', 'Wonogiri', '4.000 kg', 'Panen Juli'])}
</table></section>
<section class="routes"><h2>Berangkat setiap Rabu dan Sabtu</h2><p>Kontainer 20 dan 40 kaki, FOB Tanjung Emas atau CIF pelabuhan Anda.</p><div class="map">${routes(
  '#5E8A8A',
  '#FBF7EC',
  '#E3A32A',
  [
    ['Rotterdam', 190, 62],
    ['Genova', 330, 112],
    ['Jeddah', 400, 196],
    ['Mumbai', 590, 128],
    ['Yokohama', 930, 70],
    ['Los Angeles', 1000, 150],
    ['Melbourne', 890, 346],
    ['Durban', 270, 330],
  ],
)}</div></section>
<section class="origin"><div class="pic">${dryingYard()}</div><div class="t"><h2>Dari kebun yang kami kenal namanya</h2><p>Setiap karung membawa kode kebun. Pindai kodenya: Anda melihat petaninya, tanggal jemur, dan hasil laboratorium.</p><ul><li>ISO 22000</li><li>HACCP</li><li>EU Organic</li><li>Halal MUI</li><li>Rainforest Alliance</li></ul></div></section>
<div class="band">${svg(1280, 36, `<defs>${kawung('niaga-band', 36, '#B8482B', '#E8C27A', '#7E2C18')}</defs>${rect(0, 0, 1280, 36, 'url(#niaga-band)')}`)}</div>
<footer><div><b>PT Niaga Rempah Nusantara</b>Jl. Arteri Yos Sudarso 27, Tanjung Emas<br>Semarang 50174</div><div><b>Penjualan</b>ekspor@niaga-rempah.co.id<br>(024) 354 8890</div><div><b>Mutu</b>Laboratorium<br>Sertifikat<br>Lacak lot</div><div><b>Perusahaan</b>Petani mitra<br>Karier<br>Berita</div></footer>`

export const niaga: Site = {
  slug: 'niaga',
  plan: 'company',
  name: 'Niaga',
  describes: {
    id: 'Tegas dan lengkap untuk pabrik, distributor, dan eksportir: produk, spesifikasi, mutu, dan pengiriman dalam satu halaman.',
    en: 'Bold and complete, for manufacturers, distributors and exporters: products, specifications, quality and shipping on one page.',
  },
  palette: ['#10424A', '#E3A32A', '#FBF7EC', '#B8482B'],
  css,
  body,
}
