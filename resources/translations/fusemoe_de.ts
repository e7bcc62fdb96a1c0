<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>fusemoe::ui::Actions</name>
    <message>
        <source>Open &amp;model …</source>
        <translation>&amp;Modell öffnen …</translation>
    </message>
    <message>
        <source>Open a .safetensors model</source>
        <translation>Ein Modell (.safetensors) öffnen</translation>
    </message>
    <message>
        <source>Open &amp;cohort …</source>
        <translation>&amp;Kohorte öffnen …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open a .sqlite cohort</source>
        <translation>Eine Kohorte (.sqlite) öffnen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Previous stay</source>
        <translation>&amp;Vorheriger Aufenthalt</translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation>Alt+Left</translation>
    </message>
    <message>
        <source>Previous stay of the list</source>
        <translation>Vorheriger Aufenthalt der Liste</translation>
    </message>
    <message>
        <source>&amp;Next stay</source>
        <translation>&amp;Nächster Aufenthalt</translation>
    </message>
    <message>
        <source>Alt+Right</source>
        <translation>Alt+Right</translation>
    </message>
    <message>
        <source>Next stay of the list</source>
        <translation>Nächster Aufenthalt der Liste</translation>
    </message>
    <message>
        <source>&amp;Find stays</source>
        <translation>Aufenthalte &amp;suchen</translation>
    </message>
    <message>
        <source>Go to the filter of the list</source>
        <translation>Zum Filter der Liste</translation>
    </message>
    <message>
        <source>&amp;Restore all</source>
        <translation>Alle &amp;wieder zeigen</translation>
    </message>
    <message>
        <source>0</source>
        <translation>0</translation>
    </message>
    <message>
        <source>Show every modality to the model again</source>
        <translation>Dem Modell wieder jede Modalität zeigen</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Put every panel back where it was</source>
        <translation>Alle Bereiche wieder an ihren Platz setzen</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>&amp;Dunkles Design</translation>
    </message>
    <message>
        <source>&amp;About FuseMoE Explorer</source>
        <translation>Ü&amp;ber FuseMoE Explorer</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Open cohort</source>
        <translation>Kohorte öffnen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig:</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen:</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation>Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>Ctrl+Y</source>
        <translation>Ctrl+Y</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Stay %1</source>
        <translation>Aufenthalt %1</translation>
    </message>
    <message>
        <source>No stay</source>
        <translation>Kein Aufenthalt</translation>
    </message>
    <message>
        <source>%1 (absent)</source>
        <translation>%1 (nicht erhoben)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Cohort</source>
        <translation>&amp;Kohorte</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Chart</name>
    <message>
        <source>updating …</source>
        <translation>wird berechnet …</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CohortSweep</name>
    <message>
        <source>Risk column</source>
        <translation>Risikospalte</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CommandModel</name>
    <message>
        <source>%1, in %2</source>
        <translation>%1, in %2</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Type a command, or the number of a stay</source>
        <translation>Befehl oder Nummer eines Aufenthalts eingeben</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>Unmask %1</source>
        <translation>%1 wieder zeigen</translation>
    </message>
    <message>
        <source>Mask %1</source>
        <translation>%1 maskieren</translation>
    </message>
    <message>
        <source>absent in this stay</source>
        <translation>in diesem Aufenthalt nicht erhoben</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Go to stay %1</source>
        <translation>Gehe zu Aufenthalt %1</translation>
    </message>
    <message>
        <source>Cohort</source>
        <translation>Kohorte</translation>
    </message>
    <message>
        <source>not in this cohort</source>
        <translation>nicht in dieser Kohorte</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Document</name>
    <message>
        <source>stay %1</source>
        <translation>Aufenthalt %1</translation>
    </message>
    <message>
        <source>mask %1</source>
        <translation>%1 maskieren</translation>
    </message>
    <message>
        <source>unmask %1</source>
        <translation>%1 wieder zeigen</translation>
    </message>
    <message>
        <source>restore all modalities</source>
        <translation>alle Modalitäten wieder zeigen</translation>
    </message>
    <message>
        <source>show layer %1</source>
        <translation>Schicht %1 zeigen</translation>
    </message>
    <message>
        <source>show dense probabilities</source>
        <translation>dichte Wahrscheinlichkeiten zeigen</translation>
    </message>
    <message>
        <source>show top-K weights</source>
        <translation>Top-K-Gewichte zeigen</translation>
    </message>
    <message>
        <source>show load in tokens</source>
        <translation>Auslastung in Tokens zeigen</translation>
    </message>
    <message>
        <source>show load in gate weight</source>
        <translation>Auslastung in Gate-Gewicht zeigen</translation>
    </message>
    <message>
        <source>change whose load is shown</source>
        <translation>wählen, wessen Auslastung gezeigt wird</translation>
    </message>
    <message>
        <source>change the routing view</source>
        <translation>Routing-Ansicht wechseln</translation>
    </message>
    <message>
        <source>filter stays</source>
        <translation>Aufenthalte filtern</translation>
    </message>
    <message>
        <source>pin A</source>
        <translation>A festhalten</translation>
    </message>
    <message>
        <source>compare with the record</source>
        <translation>mit der Akte vergleichen</translation>
    </message>
    <message>
        <source>compare with %1</source>
        <translation>mit %1 vergleichen</translation>
    </message>
    <message>
        <source>compare with stay %1</source>
        <translation>mit Aufenthalt %1 vergleichen</translation>
    </message>
    <message>
        <source>open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::EntropyChart</name>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Bars of each router&apos;s entropy in nats, and the entropy regulariser over the last edits</source>
        <translation>Balken der Entropie jedes Routers in Nats und der Entropie-Regularisierer über die letzten Änderungen</translation>
    </message>
    <message>
        <source>E = %1</source>
        <translation>E = %1</translation>
    </message>
    <message>
        <source>bounds %1 … 0</source>
        <translation>Grenzen %1 … 0</translation>
    </message>
    <message>
        <source>E, no edits yet</source>
        <translation>E, noch keine Änderung</translation>
    </message>
    <message>
        <source>E over the last edit</source>
        <translation>E über die letzte Änderung</translation>
    </message>
    <message>
        <source>E over the last %1 edits</source>
        <translation>E über die letzten %1 Änderungen</translation>
    </message>
    <message>
        <source>mean of H</source>
        <translation>Mittel von H</translation>
    </message>
    <message>
        <source>H of mean</source>
        <translation>H des Mittels</translation>
    </message>
    <message>
        <source>at most log %1 = %2 nats</source>
        <translation>höchstens log %1 = %2 Nats</translation>
    </message>
    <message>
        <source>mean of H: (1/M) Σ H(p̂) = &lt;b&gt;%1&lt;/b&gt; nats&lt;br&gt;%2</source>
        <translation>Mittel von H: (1/M) Σ H(p̂) = &lt;b&gt;%1&lt;/b&gt; Nats&lt;br&gt;%2</translation>
    </message>
    <message>
        <source>H of mean: H((1/M) Σ p̂) = &lt;b&gt;%1&lt;/b&gt; nats&lt;br&gt;%2</source>
        <translation>H des Mittels: H((1/M) Σ p̂) = &lt;b&gt;%1&lt;/b&gt; Nats&lt;br&gt;%2</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;H(p̂) = −Σ p̂ ln p̂ = &lt;b&gt;%2&lt;/b&gt; nats&lt;br&gt;%3&lt;br&gt;low = specialised, high = spread</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;H(p̂) = −Σ p̂ ln p̂ = &lt;b&gt;%2&lt;/b&gt; Nats&lt;br&gt;%3&lt;br&gt;niedrig = spezialisiert, hoch = verteilt</translation>
    </message>
    <message>
        <source>nothing masked</source>
        <translation>nichts maskiert</translation>
    </message>
    <message>
        <source>masked: %1</source>
        <translation>maskiert: %1</translation>
    </message>
    <message>
        <source>E = mean of H − H of mean = &lt;b&gt;%1&lt;/b&gt; nats&lt;br&gt;%2&lt;br&gt;0: all routers equal, lower bound: no overlap</source>
        <translation>E = Mittel von H − H des Mittels = &lt;b&gt;%1&lt;/b&gt; Nats&lt;br&gt;%2&lt;br&gt;0: alle Router gleich, untere Grenze: keine Überschneidung</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::EntropyPanel</name>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>nats, dense distributions</source>
        <translation>Nats, dichte Verteilungen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Export</name>
    <message>
        <source>%1 says no format to export to.</source>
        <translation>%1 nennt kein Format für den Export.</translation>
    </message>
    <message>
        <source>Its name must end in .png, .svg, .pdf or .csv.</source>
        <translation>Der Name muss auf .png, .svg, .pdf oder .csv enden.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Den Ordner %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>Create it, or choose another one.</source>
        <translation>Legen Sie ihn an, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>%1 could not be drawn.</source>
        <translation>%1 konnte nicht gezeichnet werden.</translation>
    </message>
    <message>
        <source>Make the view larger and export again.</source>
        <translation>Vergrößern Sie die Ansicht und exportieren Sie erneut.</translation>
    </message>
    <message>
        <source>%1 could not be written: the folder %2 is not writable.</source>
        <translation>%1 konnte nicht geschrieben werden: In den Ordner %2 darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 could not be written to the end.</source>
        <translation>%1 konnte nicht zu Ende geschrieben werden.</translation>
    </message>
    <message>
        <source>Is the disk full? The file is as it was before.</source>
        <translation>Ist der Datenträger voll? Die Datei ist wie zuvor.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ExportActions</name>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;All views …</source>
        <translation>&amp;Alle Ansichten …</translation>
    </message>
    <message>
        <source>&amp;Report …</source>
        <translation>&amp;Bericht …</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>One PDF of the state as it is: views, numbers and where they come from</source>
        <translation>Ein PDF des jetzigen Zustands: Ansichten, Zahlen und ihre Herkunft</translation>
    </message>
    <message>
        <source>Ctrl+Shift+E</source>
        <translation>Ctrl+Shift+E</translation>
    </message>
    <message>
        <source>Every view as PNG, SVG, PDF and CSV, into one folder</source>
        <translation>Jede Ansicht als PNG, SVG, PDF und CSV in einen Ordner</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Written: %1 in %2</source>
        <translation>Geschrieben: %1 in %2</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Pictures, numbers and a report of what is shown</source>
        <translation>Bilder, Zahlen und Bericht zu dem, was gezeigt wird</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Copy as image</source>
        <translation>Als Bild kopieren</translation>
    </message>
    <message>
        <source>Copy numbers</source>
        <translation>Zahlen kopieren</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>Ablösen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG-Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>PDF drawing (*.pdf)</source>
        <translation>PDF-Zeichnung (*.pdf)</translation>
    </message>
    <message>
        <source>CSV numbers (*.csv)</source>
        <translation>CSV-Zahlen (*.csv)</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>%1 exportieren</translation>
    </message>
    <message>
        <source>Export all views</source>
        <translation>Alle Ansichten exportieren</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>PDF report (*.pdf)</source>
        <translation>PDF-Bericht (*.pdf)</translation>
    </message>
    <message>
        <source>An export is under way; try again when it is done.</source>
        <translation>Es läuft schon ein Export; versuchen Sie es danach erneut.</translation>
    </message>
    <message>
        <source>Copied as an image.</source>
        <translation>Als Bild kopiert.</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::FactsPanel</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>No model is open.</source>
        <translation>Kein Modell geöffnet.</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Laplace</source>
        <translation>Laplace</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>Gauß</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>Logit of an expert: softmax xᵀW, Laplace −‖x−W‖₂, Gaussian −‖x−W‖₂²</source>
        <translation>Logit eines Experten: Softmax xᵀW, Laplace −‖x−W‖₂, Gauß −‖x−W‖₂²</translation>
    </message>
    <message>
        <source>joint</source>
        <translation>gemeinsam</translation>
    </message>
    <message>
        <source>per modality, shared pool</source>
        <translation>je Modalität, ein Pool</translation>
    </message>
    <message>
        <source>per modality, own experts</source>
        <translation>je Modalität, eigene Experten</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Who chooses experts, and from which pool</source>
        <translation>Wer Experten wählt, und aus welchem Pool</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>%1, top %2</source>
        <translation>%1, Top %2</translation>
    </message>
    <message>
        <source>Only the chosen experts are computed</source>
        <translation>Nur die gewählten Experten werden berechnet</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Fusion layers, each with its own routers</source>
        <translation>Fusionsschichten, jede mit eigenen Routern</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>%1 time bins each</source>
        <translation>je %1 Zeitabschnitte</translation>
    </message>
    <message>
        <source>1 sequence each</source>
        <translation>je 1 Sequenz</translation>
    </message>
    <message>
        <source>What a router routes, for every modality</source>
        <translation>Was ein Router verteilt, für jede Modalität</translation>
    </message>
    <message>
        <source>Combined</source>
        <translation>Kombination</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>log-softmax space</source>
        <translation>Log-Softmax-Raum</translation>
    </message>
    <message>
        <source>How the outputs of the chosen experts are added</source>
        <translation>Wie die Ausgaben der gewählten Experten summiert werden</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlendes</translation>
    </message>
    <message>
        <source>learned embedding</source>
        <translation>gelernte Einbettung</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>Nullen</translation>
    </message>
    <message>
        <source>What a masked or absent modality becomes</source>
        <translation>Was aus einer maskierten oder nicht erhobenen Modalität wird</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Number of parameters</source>
        <translation>Anzahl der Parameter</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>History of edits</source>
        <translation>Verlauf der Änderungen</translation>
    </message>
    <message>
        <source>1 edit</source>
        <translation>1 Änderung</translation>
    </message>
    <message>
        <source>%1 edits</source>
        <translation>%1 Änderungen</translation>
    </message>
    <message>
        <source>%1, %2 undone</source>
        <translation>%1, %2 rückgängig</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LegendStrip</name>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LoadChart</name>
    <message>
        <source>Expert load</source>
        <translation>Auslastung der Experten</translation>
    </message>
    <message>
        <source>Stacked bars of how much of the work each expert does, by modality</source>
        <translation>Gestapelte Balken: wie viel der Arbeit jeder Experte leistet, nach Modalität</translation>
    </message>
    <message>
        <source>share of kept tokens, %</source>
        <translation>Anteil der Tokens, %</translation>
    </message>
    <message>
        <source>share of gate weight, %</source>
        <translation>Anteil am Gate-Gewicht, %</translation>
    </message>
    <message>
        <source>balanced
%1 %</source>
        <translation>gleichmäßig
%1 %</translation>
    </message>
    <message>
        <source>1 stay</source>
        <translation>1 Aufenthalt</translation>
    </message>
    <message>
        <source>%1 stays</source>
        <translation>%1 Aufenthalte</translation>
    </message>
    <message>
        <source>%1 of %2 stays so far</source>
        <translation>bisher %1 von %2 Aufenthalten</translation>
    </message>
    <message>
        <source>%1 of %2 stays, background risk is off</source>
        <translation>%1 von %2 Aufenthalten, Risiko im Hintergrund ist aus</translation>
    </message>
    <message>
        <source>%1 of %2 stays</source>
        <translation>%1 von %2 Aufenthalten</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1: %2 %</translation>
    </message>
    <message>
        <source>tokens that kept the expert in their top-K, of all kept</source>
        <translation>Tokens mit dem Experten in ihren Top-K, von allen</translation>
    </message>
    <message>
        <source>importance: sum of kept gate weights, of all weight</source>
        <translation>Wichtigkeit: Summe der behaltenen Gate-Gewichte, von allen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LoadPanel</name>
    <message>
        <source>Expert load</source>
        <translation>Auslastung der Experten</translation>
    </message>
    <message>
        <source>Load measure</source>
        <translation>Maß der Auslastung</translation>
    </message>
    <message>
        <source>Load of</source>
        <translation>Auslastung von</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>How many tokens kept the expert</source>
        <translation>Wie viele Tokens den Experten behielten</translation>
    </message>
    <message>
        <source>Importance: the sum of the gate weights they gave it</source>
        <translation>Wichtigkeit: die Summe der Gate-Gewichte, die sie ihm gaben</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Aufenth.</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>The stay shown, in the state shown</source>
        <translation>Der gezeigte Aufenthalt im gezeigten Zustand</translation>
    </message>
    <message>
        <source>The stays that pass the list&apos;s filter, as recorded</source>
        <translation>Die Aufenthalte im Filter der Liste, wie erfasst</translation>
    </message>
    <message>
        <source>All stays of the cohort, as recorded</source>
        <translation>Alle Aufenthalte der Kohorte, wie erfasst</translation>
    </message>
    <message>
        <source>by modality</source>
        <translation>nach Modalität</translation>
    </message>
    <message>
        <source>by modality, %1</source>
        <translation>nach Modalität, %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::MainWindow</name>
    <message>
        <source>FuseMoE Explorer</source>
        <translation>FuseMoE Explorer</translation>
    </message>
    <message>
        <source>Research use only. Not for clinical decisions.</source>
        <translation>Nur für die Forschung. Nicht für klinische Entscheidungen.</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>%1 is neither a model nor a cohort.</source>
        <translation>%1 ist weder ein Modell noch eine Kohorte.</translation>
    </message>
    <message>
        <source>A model ends in .safetensors, a cohort in .sqlite.</source>
        <translation>Ein Modell endet auf .safetensors, eine Kohorte auf .sqlite.</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Models (*.safetensors);;All files (*)</source>
        <translation>Modelle (*.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open cohort</source>
        <translation>Kohorte öffnen</translation>
    </message>
    <message>
        <source>Cohorts (*.sqlite *.db);;All files (*)</source>
        <translation>Kohorten (*.sqlite *.db);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>About FuseMoE Explorer</source>
        <translation>Über FuseMoE Explorer</translation>
    </message>
    <message>
        <source>&lt;b&gt;FuseMoE Explorer %1&lt;/b&gt;&lt;p&gt;What a mixture-of-experts model of several medical modalities does when one is missing. After Han, Nguyen, Harris, Ho and Saria, &quot;FuseMoE&quot;, NeurIPS 2024 (arXiv 2402.03226).&lt;/p&gt;&lt;p&gt;Research use only. Not for clinical decisions.&lt;/p&gt;&lt;p&gt;GPL-3.0-or-later. Uses Qt, QCustomPlot and LibTorch.&lt;/p&gt;</source>
        <translation>&lt;b&gt;FuseMoE Explorer %1&lt;/b&gt;&lt;p&gt;Was ein Mixture-of-Experts-Modell mehrerer medizinischer Modalitäten tut, wenn eine fehlt. Nach Han, Nguyen, Harris, Ho und Saria, „FuseMoE“, NeurIPS 2024 (arXiv 2402.03226).&lt;/p&gt;&lt;p&gt;Nur für die Forschung. Nicht für klinische Entscheidungen.&lt;/p&gt;&lt;p&gt;GPL-3.0-or-later. Mit Qt, QCustomPlot und LibTorch.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::MessageBar</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ModalityModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>This stay has no data of this modality, so the model sees it as missing.</source>
        <translation>Dieser Aufenthalt hat keine Daten dieser Modalität; für das Modell fehlt sie.</translation>
    </message>
    <message>
        <source>Click or press %1 to hide it from the model.</source>
        <translation>Klick oder Taste %1 maskiert sie für das Modell.</translation>
    </message>
    <message>
        <source>Click or press %1 to show it to the model again.</source>
        <translation>Klick oder Taste %1 zeigt sie dem Modell wieder.</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>nicht erhoben</translation>
    </message>
    <message>
        <source>no stay chosen</source>
        <translation>kein Aufenthalt gewählt</translation>
    </message>
    <message>
        <source>1 measurement</source>
        <translation>1 Messung</translation>
    </message>
    <message>
        <source>%1 measurements</source>
        <translation>%1 Messungen</translation>
    </message>
    <message>
        <source>1 event</source>
        <translation>1 Ereignis</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 Ereignisse</translation>
    </message>
    <message>
        <source>1 value</source>
        <translation>1 Wert</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 Werte</translation>
    </message>
    <message>
        <source>%1, masked by you</source>
        <translation>%1, von Ihnen maskiert</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ModalityPanel</name>
    <message>
        <source>Modalities</source>
        <translation>Modalitäten</translation>
    </message>
    <message>
        <source>Open a model to see its modalities.</source>
        <translation>Öffnen Sie ein Modell, um seine Modalitäten zu sehen.</translation>
    </message>
    <message>
        <source>Press Space to hide a modality from the model or to show it again</source>
        <translation>Leertaste maskiert eine Modalität oder zeigt sie wieder</translation>
    </message>
    <message>
        <source>what the model may see</source>
        <translation>was das Modell sehen darf</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::PredictionPanel</name>
    <message>
        <source>Prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>No prediction yet.</source>
        <translation>Noch keine Vorhersage.</translation>
    </message>
    <message>
        <source>%1, highest of %2</source>
        <translation>%1, höchste von %2</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>as recorded</source>
        <translation>wie erfasst</translation>
    </message>
    <message>
        <source>%1 vs %2 %3</source>
        <translation>%1 gegen %2 %3</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ProbabilityView</name>
    <message>
        <source>Probability %1, %2</source>
        <translation>Wahrscheinlichkeit %1, %2</translation>
    </message>
    <message>
        <source>P = %1, compared with %2, change %3: as the model gives it, not calibrated to any clinic</source>
        <translation>P = %1, verglichen mit %2, Änderung %3: wie das Modell sie angibt, für keine Klinik kalibriert</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Provenance</name>
    <message>
        <source>Research use only. Not for clinical decisions.</source>
        <translation>Nur für die Forschung. Nicht für klinische Entscheidungen.</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>top-K</source>
        <translation>Top-K</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>cohort %1</source>
        <translation>Kohorte %1</translation>
    </message>
    <message>
        <source>stay %1</source>
        <translation>Aufenthalt %1</translation>
    </message>
    <message>
        <source>Nothing masked</source>
        <translation>Nichts maskiert</translation>
    </message>
    <message>
        <source>Masked: %1</source>
        <translation>Maskiert: %1</translation>
    </message>
    <message>
        <source>1 what-if edit</source>
        <translation>1 Was-wäre-wenn-Änderung</translation>
    </message>
    <message>
        <source>no what-if edits</source>
        <translation>keine Was-wäre-wenn-Änderung</translation>
    </message>
    <message>
        <source>%1 what-if edits</source>
        <translation>%1 Was-wäre-wenn-Änderungen</translation>
    </message>
    <message>
        <source>reference: %1</source>
        <translation>Vergleich: %1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Report</name>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Beobachtungen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>%1, top %2</source>
        <translation>%1, Top %2</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Missing modalities</source>
        <translation>Fehlende Modalitäten</translation>
    </message>
    <message>
        <source>Computed by</source>
        <translation>Berechnet mit</translation>
    </message>
    <message>
        <source>LibTorch %1 on %2</source>
        <translation>LibTorch %1 auf %2</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Importance</source>
        <translation>Wichtigkeit</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Mean of H</source>
        <translation>Mittel von H</translation>
    </message>
    <message>
        <source>H of mean</source>
        <translation>H des Mittels</translation>
    </message>
    <message>
        <source>%1 vs %2 %3</source>
        <translation>%1 gegen %2 %3</translation>
    </message>
    <message>
        <source>Modalities</source>
        <translation>Modalitäten</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Entropy, nats, dense distributions</source>
        <translation>Entropie, Nats, dichte Verteilungen</translation>
    </message>
    <message>
        <source>Router probabilities, mean over tokens, layer %1</source>
        <translation>Router-Wahrscheinlichkeiten, Mittel über Tokens, Schicht %1</translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>probability, %1</source>
        <translation>Wahrscheinlichkeit, %1</translation>
    </message>
    <message>
        <source>Where this comes from</source>
        <translation>Woher dies stammt</translation>
    </message>
    <message>
        <source>Figure %1. %2</source>
        <translation>Abbildung %1. %2</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RouterChart</name>
    <message>
        <source>Router probabilities</source>
        <translation>Router-Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Bars of how each modality&apos;s router spreads over the experts</source>
        <translation>Balken: wie der Router jeder Modalität auf die Experten verteilt</translation>
    </message>
    <message>
        <source>probability, dense</source>
        <translation>Wahrscheinlichkeit, dicht</translation>
    </message>
    <message>
        <source>gate weight, top-K</source>
        <translation>Gate-Gewicht, Top-K</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>dense: mean over %1 of softmax(%2) = &lt;b&gt;%3&lt;/b&gt;</source>
        <translation>dicht: Mittel über %1 von softmax(%2) = &lt;b&gt;%3&lt;/b&gt;</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 Token</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Tokens</translation>
    </message>
    <message>
        <source>%1 %2, change %3</source>
        <translation>%1 %2, Änderung %3</translation>
    </message>
    <message>
        <source>top-%1: kept by %2 of %3, mean gate weight %4</source>
        <translation>Top-%1: behalten von %2 von %3, mittleres Gate-Gewicht %4</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RouterPanel</name>
    <message>
        <source>Router probabilities</source>
        <translation>Router-Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>Dicht</translation>
    </message>
    <message>
        <source>Top-K</source>
        <translation>Top-K</translation>
    </message>
    <message>
        <source>Softmax over all experts, before the choice</source>
        <translation>Softmax über alle Experten, vor der Auswahl</translation>
    </message>
    <message>
        <source>Weights of the chosen experts, which the model uses</source>
        <translation>Gewichte der gewählten Experten, die das Modell benutzt</translation>
    </message>
    <message>
        <source>Fusion layer %1</source>
        <translation>Fusionsschicht %1</translation>
    </message>
    <message>
        <source>top %1 outlined</source>
        <translation>Top %1 umrandet</translation>
    </message>
    <message>
        <source>joint router × expert, layer %1, %2</source>
        <translation>gemeinsamer Router × Experte, Schicht %1, %2</translation>
    </message>
    <message>
        <source>modality × expert, layer %1, %2</source>
        <translation>Modalität × Experte, Schicht %1, %2</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Sonstiges</translation>
    </message>
    <message>
        <source>In lists and charts</source>
        <translation>In Listen und Diagrammen</translation>
    </message>
    <message>
        <source>Arrows, Page keys</source>
        <translation>Pfeil-, Bildtasten</translation>
    </message>
    <message>
        <source>Move in a list</source>
        <translation>In einer Liste bewegen</translation>
    </message>
    <message>
        <source>Space in Modalities</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Mask or unmask</source>
        <translation>Modalität maskieren oder zeigen</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>Next, previous control</source>
        <translation>Nächstes, vorheriges Element</translation>
    </message>
    <message>
        <source>Click in a chart</source>
        <translation>Klick im Diagramm</translation>
    </message>
    <message>
        <source>Select in every view</source>
        <translation>In jeder Ansicht auswählen</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>Esc schließt</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StatusLine</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>no cohort</source>
        <translation>keine Kohorte</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation>1 Thread</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>%1 Threads</translation>
    </message>
    <message>
        <source>LibTorch %1</source>
        <translation>LibTorch %1</translation>
    </message>
    <message>
        <source>opening …</source>
        <translation>wird geöffnet …</translation>
    </message>
    <message>
        <source>computing …</source>
        <translation>rechnet …</translation>
    </message>
    <message>
        <source>computed in %1 ms</source>
        <translation>berechnet in %1 ms</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StayListModel</name>
    <message>
        <source>Stay</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Erhoben</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>nothing recorded</source>
        <translation>nichts erhoben</translation>
    </message>
    <message>
        <source>recorded: %1</source>
        <translation>erhoben: %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StayPanel</name>
    <message>
        <source>Cohort</source>
        <translation>Kohorte</translation>
    </message>
    <message>
        <source>Filter: id, label, split, lipids, -body</source>
        <translation>Filter: Nummer, Label, Teil, lipids, -body</translation>
    </message>
    <message>
        <source>Filter stays</source>
        <translation>Aufenthalte filtern</translation>
    </message>
    <message>
        <source>Words that must all hold: the beginning of an id, of a label or of a split; a modality that is there; with a minus, one that is not</source>
        <translation>Wörter, die alle zutreffen müssen: der Anfang einer Nummer, eines Labels oder eines Teils; eine Modalität, die erhoben ist; mit Minus eine, die es nicht ist</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Aufenthalte</translation>
    </message>
    <message>
        <source>none open</source>
        <translation>keine geöffnet</translation>
    </message>
    <message>
        <source>%1 stays</source>
        <translation>%1 Aufenthalte</translation>
    </message>
    <message>
        <source>%1 of %2 stays</source>
        <translation>%1 von %2 Aufenthalten</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Table</name>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Tools</name>
    <message>
        <source>&amp;Command palette …</source>
        <translation>&amp;Befehlspalette …</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>Find any command by typing</source>
        <translation>Jeden Befehl durch Tippen finden</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::format</name>
    <message>
        <source>All modalities</source>
        <translation>Alle Modalitäten</translation>
    </message>
    <message>
        <source>present</source>
        <translation>erhoben</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>nicht erhoben</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::text</name>
    <message>
        <source>Opening the model …</source>
        <translation>Modell wird geöffnet …</translation>
    </message>
    <message>
        <source>Opening the cohort …</source>
        <translation>Kohorte wird geöffnet …</translation>
    </message>
    <message>
        <source>No model is open.
Press Ctrl+O, or drop a .safetensors file here.</source>
        <translation>Kein Modell geöffnet.
Drücken Sie Strg+O, oder ziehen Sie eine .safetensors-Datei hierher.</translation>
    </message>
    <message>
        <source>No cohort is open.
Press Ctrl+Shift+O, or drop a .sqlite file here.</source>
        <translation>Keine Kohorte geöffnet.
Drücken Sie Strg+Umschalt+O, oder ziehen Sie eine .sqlite-Datei hierher.</translation>
    </message>
    <message>
        <source>No stay is chosen.
Pick one from the list on the left.</source>
        <translation>Kein Aufenthalt gewählt.
Wählen Sie einen aus der Liste links.</translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation>Rechnet …</translation>
    </message>
    <message>
        <source>This state could not be computed.
Undo with Ctrl+Z, or choose another stay.</source>
        <translation>Dieser Zustand konnte nicht berechnet werden.
Machen Sie ihn mit Strg+Z rückgängig, oder wählen Sie einen anderen Aufenthalt.</translation>
    </message>
    <message>
        <source>as recorded</source>
        <translation>wie erfasst</translation>
    </message>
    <message>
        <source>A: stay %1</source>
        <translation>A: Aufenthalt %1</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>FuseMoE Explorer. Research use only. Not for clinical decisions.</source>
        <translation>FuseMoE Explorer. Nur für die Forschung. Nicht für klinische Entscheidungen.</translation>
    </message>
    <message>
        <source>%1: what should it be?</source>
        <translation>%1: was soll es sein?</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no stay id.</source>
        <translation>„%1“ ist keine Nummer eines Aufenthalts.</translation>
    </message>
    <message>
        <source>&quot;%1:&quot; is not known; there are id:, label: and split:.</source>
        <translation>„%1:“ ist unbekannt; es gibt id:, label: und split:.</translation>
    </message>
    <message>
        <source>risk%1 needs a number, as in risk%1 0.3</source>
        <translation>risk%1 braucht eine Zahl, wie in risk%1 0.3</translation>
    </message>
    <message>
        <source>Nothing here begins with &quot;%1&quot;: no modality, label or split.</source>
        <translation>Nichts beginnt hier mit „%1“: keine Modalität, kein Label, kein Teil.</translation>
    </message>
    <message>
        <source>No label begins with &quot;%1&quot;.</source>
        <translation>Kein Label beginnt mit „%1“.</translation>
    </message>
    <message>
        <source>There is no split &quot;%1&quot;; there are train, validation and test.</source>
        <translation>Den Teil „%1“ gibt es nicht; es gibt train, validation und test.</translation>
    </message>
</context>
</TS>
