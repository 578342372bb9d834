/**
 * The words of placeholder comments, in the languages that models write most. A star marks a stem: the word may continue. A single
 * word does not make a placeholder; see `placeholderShape`.
 */
const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Words for code that stays or is left out. */
export const keepingWords = words(`
  rest remaining remainder existing unchanged same previous previously prior other others omitted original originally keep keeps kept
  preserve preserved leave left untouched unmodified elided skipped snip snipped truncated abbreviated remains remain stays stay
  unaffected identical nothing changes changed change unaltered elsewhere
  resto restante restantes existente existentes igual iguales mismo misma mismos mismas anterior anteriores previo previa otros otras
  omitido omitida omitidos omitidas sin cambios cambia permanece mantener mantiene conservar demás
  mesmo mesma outros outras restante inalterado inalterada inalterados mudanças mantém manter permanece existentes omitida
  reste restant restante restants restantes existant existante existants existantes inchangé inchangée inchangés inchangées même mêmes
  précédent précédente précédents autres omis omise conserver conserve garder identique
  rest restlich* übrig* bestehend* vorhanden* unverändert* gleich* vorherig* bisherig* ander* weiter* ausgelassen* beibehalten bleibt bleiben
  weggelassen gekürzt
  resto restante restanti esistente esistenti invariato invariata invariati stesso stessa stessi precedente precedenti altri altre altro
  omesso omessi rimane mantenere
  overig* bestaand* ongewijzigd* zelfde vorig* ander* weggelaten blijft hetzelfde rest
  остальн* существующ* неизмен* прежн* предыдущ* друг* тот же без изменений изменений опущен* оставш* оставить остаётся остается имеющ* сохран*
  решта інш* існуюч* наявн* незмін* попередн* змін пропущен*
  reszta pozostał* istniejąc* niezmienion* bez zmian ten sam poprzedni* inn* pominięt*
  zbytek zbývající* existující* nezměněn* stejn* předchozí* ostatní* beze změny vynechán* zvyšok
  restul existent* neschimbat* același celelalte anterior* omis*
  többi meglévő változatlan* ugyanaz előző* egyéb* kihagyva marad
  loput olemassa muut muu ennallaan sama aiempi* edellinen poistettu jäljellä muuttumaton*
  resten övrig* befintlig* oförändrad* samma tidigare andra utelämnad* kvarvarande øvrig* eksisterende uændret uendret samme tidligere andre
  udeladt utelatt forrige resterende
  geri kalan* mevcut değişme* aynı önceki diğer* atlan* kalıyor kısmı
  phần còn lại hiện có giữ nguyên không thay đổi tương tự như cũ trước khác lược bỏ
  sisa sisanya lainnya yang ada tetap sama sebelumnya tidak berubah dihilangkan selebihnya lain
  υπόλοιπ* υπάρχ* αμετάβλητ* ίδι* προηγούμεν* άλλ* παραλείπ* παραμέν*
  שאר יתר הקיים קיים קיימים ללא שינוי שינויים זהה קודם אחרים הושמט נשאר
  بقية باقي الباقي الموجود الحالي الحالية دون تغيير نفس السابق السابقة أخرى محذوف كما بدون
  باقی موجود بدون تغییر قبلی دیگر همان حذف مانده
  बाकी शेष मौजूदा पहले समान अन्य अपरिवर्तित वही छोड़ा
  বাকি বিদ্যমান অপরিবর্তিত আগের অন্যান্য একই
  나머지* 기존* 동일* 그대로* 이전* 다른* 변경* 없음* 생략* 유지* 같음* 원래* 위와*
`);

/** Keeping words that compare. Alone they mark a placeholder (`same as before`); with other words they explain the code. */
export const comparingWords = words(`
  same identical previous previously prior original originally changes changed change nothing kept keep keeps
  mismo misma mismos mismas igual iguales anterior anteriores previo previa cambia cambios
  mesmo mesma même mêmes identique précédent précédente précédents gleich* vorherig* bisherig* stesso stessa stessi precedente precedenti
  zelfde hetzelfde vorig* тот же прежн* предыдущ* изменений ten sam poprzedni* zmian stejn* předchozí* același anterior* ugyanaz előző*
  sama aiempi* edellinen samma tidigare samme tidligere forrige aynı önceki tương tự như cũ trước sama sebelumnya ίδι* προηγούμεν*
  זהה קודם نفس السابق السابقة كما قبلی همان समान वही पहले একই আগের 동일* 이전* 같음* 위와* 변경*
  相同 一样 一樣 一致 同上 之前 以前 先前 不变 不變 後续 同じ 同様 前と 以前の 変更 元の 保持 保留 维持 維持
`);

/** Words for pieces of code. */
export const codeWords = words(`
  code codes method* function* func import* class* content* implementation* logic body file* component* route* test* style* config* propert* prop
  props field* column* entr* item* option* setting* page* markup element* rule* case* line* block* section* stuff part* declaration* definition*
  statement* variable* member* handler* service* job* step* type* interface* key* value* parameter* param* argument* args row* table* query
  queries dependenc* script* module* constructor* getter* setter* hook* state* event* listener* endpoint* middleware* resource* view*
  template* helper* constant* enum* struct* trait* impl schema* migration* everything things thing program source snippet loop html css json yaml
  código códigos métod* funcion* funciones función importacion* clase* contenido lógica cuerpo archivo* rutas ruta pruebas estilo* línea* parte
  função funções conteúdo corpo arquivo* rota* linha* classe importaç*
  fonction* méthode* contenu logique corps fichier* ligne* partie
  funktion* methode* inhalt logik datei* zeile* teil* klasse* importe methoden felder
  codice funzion* metod* contenuto corpo classi classe importazion* righe parte
  functie* inhoud bestand* regel* deel klasse*
  код кода коде функци* метод* импорт* класс* содержим* логик* тело файл* строк* част* реализаци* маршрут* пол* коду імпорт* клас*
  kod kodu metody metod* funkcje funkcji importy klasy treść plik* reszty
  kód kódu funkce obsah soubor*
  codul funcți* metode* fișier*
  kód függvény* metódus* fájl*
  koodi koodia funktiot metodit tiedosto*
  koden funktioner metoder innehåll fil filen kode koden funksjoner metoder indhold innhold
  kodlar kodun metot* fonksiyon* içerik dosya*
  mã hàm phương thức nội dung lớp tệp
  kode fungsi metode isi kelas berkas
  κώδικα* κώδικας συναρτήσ* μέθοδοι
  קוד הקוד פונקציות מתודות תוכן
  الكود كود الشيفرة الدوال دوال المحتوى الملف التعليمات
  کد کدها توابع متدها
  कोड फ़ंक्शन विधियाँ
  কোড ফাংশন
  코드* 메서드* 함수* 로직* 내용* 부분* 클래스* 구현* 파일* 임포트* 메소드* 라우트* 필드* 테스트*
`);

/** Words that are ignored. */
export const linkingWords = words(`
  the and are is was as in on to for of a an your my our this that these those here there goes go going be been will with before after above below from it
  its all any no not do does did has have below's brevity clarity simplicity shown needed required add must should same etc continues continue continued follows
  following still just also exactly currently current now per usual unless otherwise more
  los las del con por para este esta aquí que como antes arriba abajo todo todos tal cual der die das den dem des von und wie hier vor nach alle aller
  oben unten les des une aux pour avec ici comme avant dans qui sont est tout tous ci-dessus gli degli delle della dei per qui come prima sono
  het een van zoals hier voor что как здесь выше ниже всё все это для jest jak tutaj wszystko jako zde som här här som før der over olduğu gibi
  burada như ở đây của các di sini dari seperti dan yang na tak ako og och till med det den
`);

/** Keeping words of scripts without spaces between words, longer ones first. */
export const joinedKeepingWords = words(`
  保持不变 保持不變 无需修改 無需修改 不需要修改 不用修改 没有变化 沒有變化 没有改动 維持不變 维持不变 其余 其餘 其他 其它 剩余 剩餘 剩下 省略 不变 不變 保持 保留 维持 維持 现有 現有 原有
  已有 原来 原來 原先 之前 以前 先前 同上 相同 一样 一樣 一致 未修改 未更改 未变 未變 未改动 后续 後續 以下略 略去 略
  残りの 残り 既存 以下同様 同様 同じ 変更なし 変更無し 変更しない 変わらない 変更はありません そのまま 他の その他 以降 元の 前と 以前の 従来 変更
  ส่วนที่เหลือ เหมือนเดิม คงเดิม ที่มีอยู่ อื่นๆ ไม่เปลี่ยนแปลง เดิม
`);
export const joinedCodeWords = words(`
  代码 代碼 程式碼 程式码 逻辑 邏輯 方法 函数 函數 函式 内容 內容 部分 导入 導入 匯入 类 類 文件 檔案 实现 實作 實現 配置 样式 樣式 测试 測試 路由 字段 欄位 属性 屬性 组件 元件 处理 處理 定义 定義 接口 服务 服務 任务 步骤
  变量 變數 语句 代码块 选项 设置 設定 页面 模块 模組
  コード メソッド 関数 処理 実装 インポート クラス ファイル テスト ロジック プロパティ ルート フィールド 箇所 行
  โค้ด ฟังก์ชัน เมธอด
`);
export const joinedLinkingWords = words(`
  这里 這裡 此处 此處 上面 下面 以上 以下 上述 保持 您的 你的 我们 所有 全部 均 都 请 請 的 与 與 和 在 了 是 为 為 等 及 跟 也 你 您 该 不做 做 处 處 中 部 原 地 被 部分
  については について です ます ません する した して など ここ こと もの は の が を と に も で だ へ な お こ れ ら し た
  ของ ที่ และ
`);
