import { bayAtSunset, cityRain, cotoBowl, council, fishMarket, harvest, newBridge } from '../art/reportage.ts'
import { portrait } from '../art/portrait.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#fff;color:#15171C;font-size:14.5px}
.wrap{padding:0 48px}
.date{display:flex;justify-content:space-between;padding:11px 48px;font-size:12.5px;color:#5C616B;border-bottom:1px solid #E2E3E6}.date b{color:#15171C;font-weight:600}
.mast{display:grid;grid-template-columns:1fr auto 1fr;align-items:center;padding:14px 48px 12px}.mast svg{height:76px;width:520px;display:block}.mast p{font-size:13px;line-height:1.45;color:#5C616B}.mast p b{color:#C1121F;font-weight:700}.mast p:last-child{text-align:right}
nav{border-top:3px solid #15171C;border-bottom:1px solid #15171C;margin:0 48px;display:flex;justify-content:space-between;padding:10px 0;font-weight:700;font-size:14.5px}nav a:first-child{color:#C1121F}
.live{margin:14px 48px 0;display:flex;gap:14px;font-size:14px;align-items:center}.live b{flex:none;background:#C1121F;color:#fff;padding:3px 9px;font-size:12.5px;font-weight:700}.live span+span{color:#5C616B}
.front{display:grid;grid-template-columns:264px 1fr 264px;gap:0;padding:20px 48px 0}
.front>*{padding:0 24px}.front>*+*{border-left:1px solid #DADCE0}.front>:first-child{padding-left:0}.front>:last-child{padding-right:0}
h1{font-size:45px;line-height:1.04;letter-spacing:-.038em;font-weight:800;margin:16px 0 10px}
h3{font-size:20px;line-height:1.16;letter-spacing:-.022em;font-weight:700;margin:10px 0 6px}
.k{color:#C1121F;font-weight:700;font-size:12.5px}.front p,.row p{color:#454A54;line-height:1.5}.by{font-size:12.5px;color:#7A7F89;margin-top:8px;display:block}
.lead .pic{height:392px}.lead p{font-size:16px}.s .pic{height:150px}.s+.s{border-top:1px solid #DADCE0;margin-top:18px;padding-top:18px}
.more{border-top:1px solid #DADCE0;margin-top:14px;padding-top:12px;display:grid;grid-template-columns:1fr 1fr;gap:24px;font-weight:600;line-height:1.35}.more li{border-left:3px solid #C1121F;padding-left:12px}.pop h2,h2{font-size:20px;font-weight:800;letter-spacing:-.02em;padding-bottom:8px;border-bottom:3px solid #C1121F;display:inline-block}
.pop ol li{display:grid;grid-template-columns:42px 1fr;padding:13px 0;border-top:1px solid #E2E3E6;font-weight:600;line-height:1.3}.pop ol{border-top:1px solid #15171C;margin-top:-1px}.pop ol li b{font-size:32px;line-height:.95;font-weight:200;color:#C1121F}
.sky{background:#F3F4F6;margin-top:16px;padding:16px 18px}.sky div{display:flex;justify-content:space-between;align-items:center}.sky b{font-size:34px;font-weight:300;letter-spacing:-.04em}.sky ul{display:grid;grid-template-columns:repeat(4,1fr);font-size:12px;color:#5C616B;margin-top:8px}.sky li b{display:block;font-size:15px;font-weight:600;color:#15171C;letter-spacing:0}
.row{display:grid;grid-template-columns:repeat(4,1fr);padding:0 48px;margin-top:18px}.row>*{padding:0 20px}.row>*+*{border-left:1px solid #DADCE0}.row>:first-child{padding-left:0}.row>:last-child{padding-right:0}.row .pic{height:172px}
.cut{margin:44px 48px 0;border-top:1px solid #15171C}
.opini{background:#FBF1E6;margin-top:48px;padding:36px 48px 44px}.opini ul{display:grid;grid-template-columns:repeat(4,1fr);gap:28px;margin-top:20px}.opini li{display:grid;grid-template-columns:76px 1fr;gap:14px}.opini .pic{width:76px;height:76px;border-radius:50%;overflow:hidden}.opini h3{margin:0 0 6px;font-weight:300;font-style:italic;font-size:21px;line-height:1.2}
.two{display:grid;grid-template-columns:1fr 1fr;gap:48px;padding:0 48px}.list li{padding:13px 0;border-top:1px solid #E2E3E6;display:flex;justify-content:space-between;gap:24px;font-weight:600;font-size:16px}.list li span{font-weight:400;color:#7A7F89;white-space:nowrap;font-size:13px}.up{color:#127A4A!important}.down{color:#C1121F!important}
footer{background:#15171C;color:#B6BAC3;margin-top:56px;padding:36px 48px;display:flex;justify-content:space-between;font-size:13.5px}footer b{color:#fff;font-size:22px;font-weight:800;letter-spacing:-.03em}
@media(max-width:600px){.date span+span,.mast p,.live span+span{display:none}.date,.mast{padding:8px 18px}.mast{display:block;padding:14px 18px}.mast svg{width:100%;height:52px}nav{margin:0 18px;gap:20px;overflow:hidden;white-space:nowrap}nav a:nth-child(n+6){display:none}.live{margin:10px 18px 0;font-size:13px}.more{display:none}.front{display:flex;flex-direction:column;gap:22px;padding:14px 18px 0}.front>*{padding:0!important;border:0!important}.lead{order:-1}.lead .pic{height:236px}h1{font-size:30px}.row,.two,.opini ul{grid-template-columns:1fr;padding:0 18px}footer{display:block}}
`

const masthead = `<svg viewBox="0 0 520 76"><text x="260" y="66" text-anchor="middle" textLength="500" lengthAdjust="spacingAndGlyphs" font-family="Sans" font-weight="800" font-size="74" letter-spacing="-3">Kabar Celebes</text></svg>`

const story = (kind: string, art: string, topic: string, title: string, text: string, by: string): string =>
  `<div class="${kind}">${art ? `<div class="pic">${art}</div>` : ''}<h3><span class="k">${topic}</span><br>${title}</h3><p>${text}</p><span class="by">${by}</span></div>`

const opinion = (look: Parameters<typeof portrait>[0], title: string, name: string): string =>
  `<li><div class="pic">${portrait(look)}</div><div><h3>${title}</h3><span class="by">${name}</span></div></li>`

const body = `
<div class="date"><span><b>Makassar, Kamis 12 Februari 2026</b></span><span>Edisi pagi, terbit sejak 1971</span><span>Masuk &nbsp; Langganan &nbsp; E-koran</span></div>
<div class="mast"><p><b>Dolar Rp16.310</b><br>Beras medium Rp13.250/kg</p>${masthead}<p>Pasang tertinggi 14.20<br>Makassar 29°, hujan sore</p></div>
<nav><a>Terkini</a><a>Makassar</a><a>Sulsel</a><a>Politik</a><a>Ekonomi</a><a>Laut</a><a>Budaya</a><a>Kuliner</a><a>PSM</a><a>Opini</a><a>Video</a></nav>
<div class="live"><b>Langsung</b><span>Sidang paripurna: DPRD bahas tarif air minum kota</span><span>Pelabuhan Paotere ditutup sementara, gelombang 2,5 meter</span></div>
<section class="front"><div>
${story('s', council(), 'Politik', 'Wali kota janji 40 titik drainase rampung sebelum Lebaran', 'Anggaran Rp182 miliar digeser dari proyek taman.', 'Andi Fitriani, 2 jam lalu')}
${story('s', cityRain(), 'Makassar', 'Hujan dua hari, lalu lintas Perintis melambat', 'Polisi membuka jalur lawan arus di tiga simpang.', 'Rusdi Amran, 40 menit lalu')}
</div><div class="lead"><div class="pic">${bayAtSunset()}</div><h1>Phinisi kembali berlayar dari Losari setelah sebelas tahun</h1><p>Dua puluh tiga kapal kayu buatan Bulukumba membuka lagi rute rempah ke Ternate. Tiket perdana habis dalam empat jam.</p><span class="by">Sitti Hajrah dan Yusuf Palinrung, dari Pantai Losari</span><ul class="more"><li>Para panrita lopi Tana Beru: empat bulan tanpa gambar kerja</li><li>Peta rute, jadwal, dan harga tiket sampai April</li></ul></div>
<div class="pop"><h2>Terpopuler</h2><ol><li><b>1</b>Coto Karebosi buka cabang di Tokyo, kuahnya tetap dari Gowa</li><li><b>2</b>Jadwal kapal Pelni Februari dan cara membeli tiketnya</li><li><b>3</b>Guru honorer Jeneponto temukan fosil gajah purba</li><li><b>4</b>Harga ikan cakalang turun tiga pekan berturut-turut</li><li><b>5</b>Trotoar baru Somba Opu: siapa yang diuntungkan?</li></ol>
<div class="sky"><div><span>Makassar<br>Hujan ringan</span><b>29°</b></div><ul><li>Jum<b>30°</b></li><li>Sab<b>31°</b></li><li>Min<b>29°</b></li><li>Sen<b>30°</b></li></ul></div></div></section>
<div class="cut"></div><section class="row">
${story('', newBridge(), 'Infrastruktur', 'Jembatan Barombong dibuka dua arah mulai Senin', 'Waktu tempuh ke Galesong turun jadi 18 menit.', 'Irwan Daud')}
${story('', fishMarket(), 'Ekonomi', 'Lelong Rajawali memakai timbangan digital', 'Nelayan menerima hasil penjualan hari itu juga.', 'Nurhayati Said')}
${story('', harvest(), 'Sulsel', 'Panen raya Pinrang lampaui target lagi', 'Produksi 6,8 ton per hektare, tertinggi sejak 2015.', 'Baso Tenri')}
${story('', cotoBowl(), 'Kuliner', 'Semangkuk coto, empat puluh rempah, satu keluarga', 'Resep yang dijaga tiga generasi di Jalan Serui.', 'Meyske Lolong')}
</section>
<section class="opini"><h2>Opini</h2><ul>
${opinion({ hair: 'grey', background: '#E8CDB2', shirt: '#3B4A5A', glasses: true, skin: 1 }, 'Kota pantai yang lupa menghadap laut', 'Idris Manggabarani')}
${opinion({ hair: 'hijab', background: '#D9D2C3', shirt: '#8A3B3B', accent: '#B35454', skin: 0 }, 'Sekolah pulau butuh perahu, bukan aplikasi', 'Darmawati Patta')}
${opinion({ hair: 'side', background: '#CFD8DA', shirt: '#2F4F4F', skin: 2 }, 'Menghitung ulang upah nelayan andon', 'Frans Tandirerung')}
${opinion({ hair: 'bun', background: '#EAD9C9', shirt: '#5A4A6B', skin: 3 }, 'Lontara di papan nama jalan kita', 'Amelia Karaeng')}
</ul></section>
<section class="two" style="margin-top:44px"><div><h2>Daerah</h2><ul class="list"><li>Toraja siapkan 60 rumah singgah untuk pelancong<span>Tana Toraja</span></li><li>Rumput laut Takalar tembus pasar Busan<span>Takalar</span></li><li>Bus sekolah air beroperasi di tujuh pulau<span>Pangkep</span></li><li>Festival Danau Tempe undang 80 perahu<span>Wajo</span></li></ul></div>
<div><h2>Pasar hari ini</h2><ul class="list"><li>Kakao kering, Rp/kg<span class="up">112.400 naik 1,8%</span></li><li>Cengkih, Rp/kg<span class="down">104.000 turun 0,6%</span></li><li>Udang vaname, Rp/kg<span class="up">71.500 naik 2,1%</span></li><li>Emas, Rp/gram<span class="up">1.482.000 naik 0,3%</span></li></ul></div></section>
<footer><b>Kabar Celebes</b><span>Redaksi, Pedoman Media Siber, Iklan, Karier</span><span>Jl. Urip Sumoharjo 20, Makassar 90232</span></footer>`

export const kabar: Site = {
  slug: 'kabar',
  plan: 'berita',
  name: 'Kabar',
  describes: {
    id: 'Padat dan tertib untuk koran daerah: berita utama, terpopuler, opini, cuaca, dan harga pasar sekali pandang.',
    en: 'Dense and orderly, for regional newspapers: lead story, most read, opinion, weather and market prices at a glance.',
  },
  palette: ['#FFFFFF', '#15171C', '#C1121F', '#FBF1E6'],
  css,
  body,
}
