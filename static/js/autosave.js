// Sections of a long form save themselves a moment after typing stops. Without script the form's own button does it all.
// What is not yet saved lies in this browser, by paper and by person, until the server has it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const WAIT = 1500;
  const LOGIN = "Chưa lưu: phiên làm việc đã hết. Nội dung còn giữ trên máy này.";
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* no room: the page has it */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
  };
  const unsaved = new Set();
  const flying = new Set();
  // As the server keeps a text (core.vietnamese.nfc).
  const plain = (text) => text.normalize("NFC").split("\n").map((line) => line.replace(/\s+/g, " ").trim()).join("\n").trim();

  const start = (box) => {
    const name = box.dataset.section;
    const area = form.elements[name];
    const revision = form.elements[`revision_${name}`];
    const initial = form.elements[`initial-${name}`];
    const line = box.querySelector(".saved");
    const key = `${form.dataset.keep}-${name}`;
    let timer = 0;
    let busy = false;
    let stopped = false;

    const say = (look, text, label, act) => {
      line.className = `saved ${look}`;
      line.textContent = text;
      if (!label) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-plain btn-sm ms-2";
      button.textContent = label;
      button.addEventListener("click", act);
      line.append(button);
    };

    const failed = (text) => say("fail", text, "Thử lại", save);

    const save = () => {
      window.clearTimeout(timer);
      timer = 0;
      if (busy || stopped) return;
      const under = send().finally(() => flying.delete(under));
      flying.add(under);
    };

    const send = async () => {
      const sent = area.value;
      const data = new FormData();
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.set("section", name);
      data.set("text", sent);
      data.set("revision", revision.value);
      busy = true;
      say("busy", "đang lưu…");
      try {
        // Asked for as htmx asks, so that a lost session is told and not answered with the login page.
        const headers = { "HX-Request": "true", "HX-Current-URL": window.location.href };
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, headers });
        const login = answer.headers.get("HX-Redirect");
        if (login) {
          say("fail", LOGIN, "Đăng nhập lại", () => { unsaved.clear(); window.location.assign(login); });
        } else if (answer.ok) {
          const said = await answer.json();
          revision.value = said.revision;
          initial.value = sent;
          if (area.value === sent) {
            unsaved.delete(name);
            store.drop(key);
            say("good", `đã lưu ${said.at}`);
          } else {
            keep();
          }
        } else if (answer.status === 409) {
          stopped = true;
          say("fail", (await answer.json()).sentence);
        } else {
          failed("Chưa lưu: hệ thống chưa nhận được.");
        }
      } catch {
        failed("Chưa lưu: mất mạng. Nội dung còn giữ trên máy này.");
      } finally {
        busy = false;
      }
    };

    const keep = () => {
      unsaved.add(name);
      store.write(key, { text: area.value, revision: revision.value });
      window.clearTimeout(timer);
      timer = window.setTimeout(save, WAIT);
    };

    const left = store.read(key);
    const put = () => { area.value = left.text; keep(); };
    if (!left || plain(left.text) === plain(area.value)) store.drop(key);
    else if (left.revision === revision.value) put();
    else say("fail", "Trên máy này còn nội dung chưa lưu; bản trong hệ thống đã được sửa sau đó.", "Lấy lại nội dung trên máy", put);

    area.addEventListener("input", keep);
    // Not after a failure: saving would take away the button that is being pressed.
    area.addEventListener("blur", () => { if (timer) save(); });
  };

  form.querySelectorAll("[data-section]").forEach(start);

  // The whole form goes after the sections under way, or it would compete with them.
  let sending = false;
  form.addEventListener("submit", (event) => {
    if (!flying.size) {
      sending = true;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    Promise.allSettled(flying).then(() => form.requestSubmit());
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved.size && !sending) event.preventDefault(); });
})();
