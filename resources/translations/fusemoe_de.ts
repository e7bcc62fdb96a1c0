<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>SceneView</name>
    <message>
        <source>PC%1 (%2 %)</source>
        <translation>PC%1 (%2 %)</translation>
    </message>
    <message>
        <source>%1 · whole sequence</source>
        <translation>%1 · ganze Sequenz</translation>
    </message>
    <message>
        <source>%1 · time bin %2 of %3</source>
        <translation>%1 · Zeitabschnitt %2 von %3</translation>
    </message>
    <message>
        <source>%1: the token stands for missing data</source>
        <translation>%1: das Token steht für fehlende Daten</translation>
    </message>
    <message>
        <source>keeps its top %1 by logit %2:</source>
        <translation>behält seine Top %1 nach Logit %2:</translation>
    </message>
    <message>
        <source>%1: gate weight %2, logit %3</source>
        <translation>%1: Gate-Gewicht %2, Logit %3</translation>
    </message>
    <message>
        <source>%1 · gate vector W for %2</source>
        <translation>%1 · Gate-Vektor W für %2</translation>
    </message>
    <message>
        <source>logit of a token x: %1</source>
        <translation>Logit eines Tokens x: %1</translation>
    </message>
    <message>
        <source>top-%1: kept by %2 of %3, mean gate weight %4</source>
        <translation>Top-%1: behalten von %2 von %3, mittleres Gate-Gewicht %4</translation>
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
        <source>dense: mean softmax %1</source>
        <translation>dicht: mittlerer Softmax %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>gate vector</source>
        <translation>Gate-Vektor</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>bin</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>PC1</source>
        <translation>PC1</translation>
    </message>
    <message>
        <source>PC2</source>
        <translation>PC2</translation>
    </message>
    <message>
        <source>PC3</source>
        <translation>PC3</translation>
    </message>
    <message>
        <source>experts kept</source>
        <translation>behaltene Experten</translation>
    </message>
    <message>
        <source>gate weights</source>
        <translation>Gate-Gewichte</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>token of the cohort</source>
        <translation>Token der Kohorte</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::AboutBox</name>
    <message>
        <source>About FuseMoE Explorer</source>
        <translation>Über FuseMoE Explorer</translation>
    </message>
    <message>
        <source>Research use only. Not for clinical decisions.</source>
        <translation>Nur für die Forschung. Nicht für klinische Entscheidungen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&lt;h3&gt;FuseMoE Explorer %1&lt;/h3&gt;&lt;p&gt;What a mixture-of-experts model of several medical modalities does when one is missing. After Han, Nguyen, Harris, Ho and Saria, “FuseMoE”, NeurIPS 2024 (arXiv 2402.03226).&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later; it comes without any warranty. Built of Qt %2 (LGPL), QCustomPlot and VTK (GPL, BSD), LibTorch %3 (BSD), SQLite and SOCI.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;FuseMoE Explorer %1&lt;/h3&gt;&lt;p&gt;Was ein Mixture-of-Experts-Modell mehrerer medizinischer Modalitäten tut, wenn eine fehlt. Nach Han, Nguyen, Harris, Ho und Saria, „FuseMoE“, NeurIPS 2024 (arXiv 2402.03226).&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später; ohne jede Gewährleistung. Gebaut mit Qt %2 (LGPL), QCustomPlot und VTK (GPL, BSD), LibTorch %3 (BSD), SQLite und SOCI.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Cohort&lt;/b&gt; %1&lt;br&gt;%2&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Kohorte&lt;/b&gt; %1&lt;br&gt;%2&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Model&lt;/b&gt; %1&lt;br&gt;SHA-256 %2 …, %3 parameters&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Modell&lt;/b&gt; %1&lt;br&gt;SHA-256 %2 …, %3 Parameter&lt;/p&gt;</translation>
    </message>
</context>
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
    <message>
        <source>&amp;Pin A</source>
        <translation>A &amp;festhalten</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Compare with the state as it is now; hold Space to see it</source>
        <translation>Mit dem jetzigen Zustand vergleichen; Leertaste halten zeigt ihn</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Reference and state side by side</source>
        <translation>Vergleich und Zustand nebeneinander</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>&amp;Willkommen</translation>
    </message>
    <message>
        <source>What this is, and where to begin</source>
        <translation>Was dies ist, und womit man beginnt</translation>
    </message>
    <message>
        <source>Pin A</source>
        <translation>A festhalten</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Open &amp;session …</source>
        <translation>&amp;Sitzung öffnen …</translation>
    </message>
    <message>
        <source>Ctrl+Alt+O</source>
        <translation>Ctrl+Alt+O</translation>
    </message>
    <message>
        <source>Open a .fusemoe.json session</source>
        <translation>Eine Sitzung (.fusemoe.json) öffnen</translation>
    </message>
    <message>
        <source>&amp;Save session …</source>
        <translation>Sitzung &amp;speichern …</translation>
    </message>
    <message>
        <source>Save what is open, masked, edited and compared</source>
        <translation>Speichern, was geöffnet, maskiert, geändert und verglichen ist</translation>
    </message>
    <message>
        <source>Save session &amp;as …</source>
        <translation>Sitzung speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Save it under another name</source>
        <translation>Unter anderem Namen speichern</translation>
    </message>
    <message>
        <source>C&amp;lose session</source>
        <translation>Sitzung sch&amp;ließen</translation>
    </message>
    <message>
        <source>Close model and cohort and begin anew</source>
        <translation>Modell und Kohorte schließen und neu beginnen</translation>
    </message>
    <message>
        <source>&amp;Preferences …</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Theme, language, start, exports</source>
        <translation>Design, Sprache, Start, Export</translation>
    </message>
    <message>
        <source>Theme as the &amp;system</source>
        <translation>Design wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>&amp;Helles Design</translation>
    </message>
    <message>
        <source>&amp;Import …</source>
        <translation>&amp;Importieren …</translation>
    </message>
    <message>
        <source>Ctrl+I</source>
        <translation>Ctrl+I</translation>
    </message>
    <message>
        <source>Make a cohort of data as their source ships them</source>
        <translation>Aus Daten, wie ihre Quelle sie liefert, eine Kohorte machen</translation>
    </message>
    <message>
        <source>&amp;Train …</source>
        <translation>&amp;Trainieren …</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>Train a model on the open cohort</source>
        <translation>Ein Modell auf der offenen Kohorte trainieren</translation>
    </message>
    <message>
        <source>Open &amp;database …</source>
        <translation>&amp;Datenbank öffnen …</translation>
    </message>
    <message>
        <source>Open a cohort on a PostgreSQL server</source>
        <translation>Eine Kohorte auf einem PostgreSQL-Server öffnen</translation>
    </message>
    <message>
        <source>&amp;Analysis</source>
        <translation>&amp;Analyse</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ActivityLog</name>
    <message>
        <source>opened</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>exportiert</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::AnalysisPanel</name>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Erneut ausführen</translation>
    </message>
    <message>
        <source>Out of date: what this was made of has changed since.</source>
        <translation>Veraltet: Woraus dies entstand, hat sich seitdem geändert.</translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation>Wird berechnet …</translation>
    </message>
    <message>
        <source>Computing … The progress is shown below; it can be stopped there.</source>
        <translation>Wird berechnet … Der Fortschritt steht unten; dort lässt es sich anhalten.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>updating …</source>
        <translation>wird erneuert …</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>No stay is chosen.
Pick one from the list on the left.</source>
        <translation>Kein Aufenthalt gewählt.
Wählen Sie einen aus der Liste links.</translation>
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
</context>
<context>
    <name>fusemoe::ui::Chart</name>
    <message>
        <source>updating …</source>
        <translation>wird berechnet …</translation>
    </message>
    <message>
        <source>showing %1</source>
        <translation>gezeigt: %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CloudLoader</name>
    <message>
        <source>Tokens of the cohort</source>
        <translation>Tokens der Kohorte</translation>
    </message>
    <message>
        <source>%1 tokens of %2 stays</source>
        <translation>%1 Tokens aus %2 Aufenthalten</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CohortImport</name>
    <message>
        <source>Importing %1</source>
        <translation>Import von %1</translation>
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
    <name>fusemoe::ui::CollapsePanel</name>
    <message>
        <source>Collapse</source>
        <translation>Kollaps</translation>
    </message>
    <message>
        <source>Shares every prediction out among the modalities, over many stays, and measures how the experts are used.
A minute or so a thousand stays; fewer modalities are faster.</source>
        <translation>Teilt jede Vorhersage auf die Modalitäten auf, über viele Aufenthalte, und misst, wie die Experten genutzt werden.
Etwa eine Minute je tausend Aufenthalte; weniger Modalitäten sind schneller.</translation>
    </message>
    <message>
        <source>does one modality, or one expert, do all the work?</source>
        <translation>tut eine Modalität oder ein Experte alle Arbeit?</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Modalities</source>
        <translation>Modalitäten</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>Gates</translation>
    </message>
    <message>
        <source>Who brings the prediction, and what was found</source>
        <translation>Wer die Vorhersage bringt, und was gefunden wurde</translation>
    </message>
    <message>
        <source>Which modalities each expert works for</source>
        <translation>Für welche Modalitäten jeder Experte arbeitet</translation>
    </message>
    <message>
        <source>How far the experts&apos; gate vectors lie apart</source>
        <translation>Wie weit die Gate-Vektoren der Experten auseinanderliegen</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>one modality alone: 0 no … 1 wholly</source>
        <translation>eine Modalität allein: 0 nein … 1 ganz</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>effective experts, layer with the fewest</source>
        <translation>wirksame Experten, Schicht mit den wenigsten</translation>
    </message>
    <message>
        <source>experts no token kept, all layers</source>
        <translation>Experten, die kein Token behielt, alle Schichten</translation>
    </message>
    <message>
        <source>%1 stays (%2)</source>
        <translation>%1 Aufenthalte (%2)</translation>
    </message>
    <message>
        <source>all splits</source>
        <translation>alle Teile</translation>
    </message>
    <message>
        <source>split %1</source>
        <translation>Teil %1</translation>
    </message>
    <message>
        <source>%1, layer %2, kept weights (top-K) of all tokens: which modalities an expert works for.</source>
        <translation>%1, Schicht %2, behaltene Gewichte (Top-K) aller Token: für welche Modalitäten ein Experte arbeitet.</translation>
    </message>
    <message>
        <source>Layer %1, distances between gate vectors ‖Wᵢ − Wⱼ‖₂: experts that lie close are chosen alike.</source>
        <translation>Schicht %1, Abstände der Gate-Vektoren ‖Wᵢ − Wⱼ‖₂: nahe Experten werden gleich gewählt.</translation>
    </message>
    <message>
        <source>%1, probability, Shapley values over all masks, 95 % intervals of %2 bootstrap samples of stays. A share says what the model uses, not what is true of patients.</source>
        <translation>%1, Wahrscheinlichkeit, Shapley-Werte über alle Masken, 95-%-Intervalle aus %2 Bootstrap-Stichproben der Aufenthalte. Ein Anteil sagt, was das Modell nutzt, nicht, was für Patienten gilt.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ColourBar</name>
    <message>
        <source>Colour scale</source>
        <translation>Farbskala</translation>
    </message>
    <message>
        <source>%1, from %2 to %3</source>
        <translation>%1, von %2 bis %3</translation>
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
    <name>fusemoe::ui::CompareChart</name>
    <message>
        <source>Router probabilities compared</source>
        <translation>Router-Wahrscheinlichkeiten im Vergleich</translation>
    </message>
    <message>
        <source>Bars of the reference and of the state, a block a router, and their differences</source>
        <translation>Balken von Vergleich und Zustand, ein Block je Router, und ihre Differenzen</translation>
    </message>
    <message>
        <source>The models differ in modalities, experts or layers: nothing can be subtracted.</source>
        <translation>Die Modelle haben andere Modalitäten, Experten oder Schichten: nichts lässt sich abziehen.</translation>
    </message>
    <message>
        <source>dense probability</source>
        <translation>dichte Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>gate weight, top-K</source>
        <translation>Gate-Gewicht, Top-K</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>difference, now − %1</source>
        <translation>Differenz, jetzt − %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1&lt;br&gt;%2: &lt;b&gt;%3&lt;/b&gt;</source>
        <translation>%1&lt;br&gt;%2: &lt;b&gt;%3&lt;/b&gt;</translation>
    </message>
    <message>
        <source>%1&lt;br&gt;%2 %3, now &lt;b&gt;%4&lt;/b&gt;, difference %5</source>
        <translation>%1&lt;br&gt;%2 %3, jetzt &lt;b&gt;%4&lt;/b&gt;, Differenz %5</translation>
    </message>
    <message>
        <source>%1 grey, now coloured: %2, %3</source>
        <translation>%1 grau, jetzt farbig: %2, %3</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CompareModel</name>
    <message>
        <source>H of %1</source>
        <translation>H von %1</translation>
    </message>
    <message>
        <source>H(p̂) = −Σ p̂ ln p̂, nats</source>
        <translation>H(p̂) = −Σ p̂ ln p̂, Nats</translation>
    </message>
    <message>
        <source>mean of H</source>
        <translation>Mittel von H</translation>
    </message>
    <message>
        <source>(1/M) Σ H(p̂), nats</source>
        <translation>(1/M) Σ H(p̂), Nats</translation>
    </message>
    <message>
        <source>H of mean</source>
        <translation>H des Mittels</translation>
    </message>
    <message>
        <source>H((1/M) Σ p̂), nats</source>
        <translation>H((1/M) Σ p̂), Nats</translation>
    </message>
    <message>
        <source>E</source>
        <translation>E</translation>
    </message>
    <message>
        <source>mean of H − H of mean, nats</source>
        <translation>Mittel von H − H des Mittels, Nats</translation>
    </message>
    <message>
        <source>not in the model</source>
        <translation>nicht im Modell</translation>
    </message>
    <message>
        <source>Setup</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>another</source>
        <translation>ein anderer</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Aufenthalt</translation>
    </message>
    <message>
        <source>What-if edits</source>
        <translation>Was-wäre-wenn-Änderungen</translation>
    </message>
    <message>
        <source>Probability, as the model gives it</source>
        <translation>Wahrscheinlichkeit, wie das Modell sie angibt</translation>
    </message>
    <message>
        <source>Modalities</source>
        <translation>Modalitäten</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>anders</translation>
    </message>
    <message>
        <source>Layer %1, entropy in nats</source>
        <translation>Schicht %1, Entropie in Nats</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>quantity</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ComparePanel</name>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Pin A</source>
        <translation>A setzen</translation>
    </message>
    <message>
        <source>Fix the state as it is now as A (Ctrl+P)</source>
        <translation>Den jetzigen Zustand als A festhalten (Strg+P)</translation>
    </message>
    <message>
        <source>Model …</source>
        <translation>Modell …</translation>
    </message>
    <message>
        <source>Another model on the stay, edits and mask shown</source>
        <translation>Ein anderes Modell mit dem gezeigten Aufenthalt, seinen Änderungen und seiner Maske</translation>
    </message>
    <message>
        <source>Stay …</source>
        <translation>Aufenthalt …</translation>
    </message>
    <message>
        <source>Compare with stay</source>
        <translation>Mit Aufenthalt vergleichen</translation>
    </message>
    <message>
        <source>Another stay as recorded, in the model and mask shown: its id, or a neighbour from the list</source>
        <translation>Ein anderer Aufenthalt, wie erfasst, mit gezeigtem Modell und Maske: seine Nummer oder ein Nachbar der Liste</translation>
    </message>
    <message>
        <source>As recorded</source>
        <translation>Wie erfasst</translation>
    </message>
    <message>
        <source>Compare with the stay as it was recorded again</source>
        <translation>Wieder mit dem Aufenthalt, wie er erfasst wurde, vergleichen</translation>
    </message>
    <message>
        <source>Reference, state and difference</source>
        <translation>Vergleich, Zustand und Differenz</translation>
    </message>
    <message>
        <source>Reading what to compare with …</source>
        <translation>Vergleich wird gelesen …</translation>
    </message>
    <message>
        <source>Nothing differs from the stay as recorded.
Pin the state with Ctrl+P, or compare with another model or stay.</source>
        <translation>Nichts weicht vom erfassten Aufenthalt ab.
Halten Sie den Zustand mit Strg+P fest, oder vergleichen Sie mit einem anderen Modell oder Aufenthalt.</translation>
    </message>
    <message>
        <source>%1 | now | difference</source>
        <translation>%1 | jetzt | Differenz</translation>
    </message>
    <message>
        <source>The models differ in modalities, experts or layers: the router probabilities stand on axes of their own, and nothing is subtracted.</source>
        <translation>Die Modelle haben andere Modalitäten, Experten oder Schichten: Die Router-Wahrscheinlichkeiten haben eigene Achsen, und nichts wird abgezogen.</translation>
    </message>
    <message>
        <source>There is no stay %1 in this cohort.</source>
        <translation>Den Aufenthalt %1 gibt es in dieser Kohorte nicht.</translation>
    </message>
    <message>
        <source>Compare with model</source>
        <translation>Mit Modell vergleichen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CompositionChart</name>
    <message>
        <source>Expert composition</source>
        <translation>Zusammensetzung der Experten</translation>
    </message>
    <message>
        <source>Stacked bars of how much of each expert&apos;s weight comes from each modality</source>
        <translation>Gestapelte Balken: wie viel vom Gewicht jedes Experten aus jeder Modalität kommt</translation>
    </message>
    <message>
        <source>share of kept weight, %</source>
        <translation>Anteil am behaltenen Gewicht, %</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %2 % of the layer&apos;s kept weight</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;: %2 % des behaltenen Gewichts der Schicht</translation>
    </message>
    <message>
        <source>No token kept it.</source>
        <translation>Kein Token behielt ihn.</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>share of kept weight</source>
        <translation>Anteil am behaltenen Gewicht</translation>
    </message>
    <message>
        <source>all modalities</source>
        <translation>alle Modalitäten</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::DatabaseDialog</name>
    <message>
        <source>Open database</source>
        <translation>Datenbank öffnen</translation>
    </message>
    <message>
        <source>Address of the database</source>
        <translation>Adresse der Datenbank</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>The password is never saved. Left empty, PGPASSWORD and ~/.pgpass are used.</source>
        <translation>Das Passwort wird nie gespeichert. Bleibt es leer, gelten PGPASSWORD und ~/.pgpass.</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>Verbindung &amp;prüfen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>Verbinde …</translation>
    </message>
    <message>
        <source>%1: %2 stays.</source>
        <translation>%1: %2 Aufenthalte.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::DistributionChart</name>
    <message>
        <source>Distribution</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>A sample over its values, with marks; drag to select a range, Escape ends it</source>
        <translation>Eine Stichprobe über ihren Werten, mit Marken; Ziehen wählt einen Bereich, Escape beendet es</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 … %2&lt;br&gt;&lt;b&gt;%3&lt;/b&gt; of %4 %5</source>
        <translation>%1 … %2&lt;br&gt;&lt;b&gt;%3&lt;/b&gt; von %4 %5</translation>
    </message>
    <message>
        <source>%1: %2&lt;br&gt;%3 of %4 %5 lie below</source>
        <translation>%1: %2&lt;br&gt;%3 von %4 %5 liegen darunter</translation>
    </message>
    <message>
        <source>&lt;br&gt;%1 … %2: &lt;b&gt;%3&lt;/b&gt;</source>
        <translation>&lt;br&gt;%1 … %2: &lt;b&gt;%3&lt;/b&gt;</translation>
    </message>
    <message>
        <source>what</source>
        <translation>was</translation>
    </message>
    <message>
        <source>%1, low</source>
        <translation>%1, unten</translation>
    </message>
    <message>
        <source>%1, high</source>
        <translation>%1, oben</translation>
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
    <message>
        <source>model as trained</source>
        <translation>Modell wie trainiert</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::DocumentViewer</name>
    <message>
        <source>

(The rest of this very long text is not shown.)</source>
        <translation>

(Der Rest dieses sehr langen Textes wird nicht gezeigt.)</translation>
    </message>
    <message>
        <source>Show note</source>
        <translation>Notiz zeigen</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Back to the record</source>
        <translation>Zurück zur Akte</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Notes stay hidden until you ask for them.</source>
        <translation>Notizen bleiben verborgen, bis Sie danach fragen.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::DonorsPanel</name>
    <message>
        <source>stay</source>
        <translation>Aufenthalt</translation>
    </message>
    <message>
        <source>predicted probability: %1</source>
        <translation>vorhergesagte Wahrscheinlichkeit: %1</translation>
    </message>
    <message>
        <source>donors</source>
        <translation>Spender</translation>
    </message>
    <message>
        <source>No donor was found.</source>
        <translation>Kein Spender wurde gefunden.</translation>
    </message>
    <message>
        <source>without it</source>
        <translation>ohne sie</translation>
    </message>
    <message>
        <source>donors&apos; median</source>
        <translation>Median der Spender</translation>
    </message>
    <message>
        <source>with its own</source>
        <translation>mit der eigenen</translation>
    </message>
    <message>
        <source>10–90 %</source>
        <translation>10–90 %</translation>
    </message>
    <message>
        <source>donor</source>
        <translation>Spender</translation>
    </message>
    <message>
        <source>distance, SD</source>
        <translation>Abstand, SD</translation>
    </message>
    <message>
        <source>Root mean square over shared features, standard deviations</source>
        <translation>Quadratisches Mittel über gemeinsame Merkmale, Standardabweichungen</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Of this patient with the donor&apos;s modality</source>
        <translation>Dieses Patienten mit der Modalität des Spenders</translation>
    </message>
    <message>
        <source>routing drift, nats</source>
        <translation>Routing-Drift, nats</translation>
    </message>
    <message>
        <source>Jensen–Shannon divergence of the dense routing from that without the modality</source>
        <translation>Jensen-Shannon-Divergenz des dichten Routings von dem ohne die Modalität</translation>
    </message>
    <message>
        <source>stay %1</source>
        <translation>Aufenthalt %1</translation>
    </message>
    <message>
        <source>Donors</source>
        <translation>Spender</translation>
    </message>
    <message>
        <source>Puts the modality of like training stays in this patient&apos;s place and predicts again.
It tells what the model would have said, not what should be measured. Some seconds.</source>
        <translation>Setzt die Modalität ähnlicher Trainingsaufenthalte bei diesem Patienten ein und sagt neu vorher.
Das zeigt, was das Modell gesagt hätte, nicht, was zu messen wäre. Einige Sekunden.</translation>
    </message>
    <message>
        <source>what the model would have said, had it been there</source>
        <translation>was das Modell gesagt hätte, wäre sie da gewesen</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>A modality that this patient lacks, or that is masked</source>
        <translation>Eine Modalität, die diesem Patienten fehlt oder maskiert ist</translation>
    </message>
    <message>
        <source>This patient has every modality.
Mask one, or choose a stay that lacks one.</source>
        <translation>Dieser Patient hat jede Modalität.
Maskieren Sie eine oder wählen Sie einen Aufenthalt, dem eine fehlt.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>prediction without it</source>
        <translation>Vorhersage ohne sie</translation>
    </message>
    <message>
        <source>%1 … %2</source>
        <translation>%1 … %2</translation>
    </message>
    <message>
        <source>10–90 % of the donors&apos; predictions</source>
        <translation>10–90 % der Vorhersagen mit Spendern</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>on the other side of 0.5</source>
        <translation>auf der anderen Seite von 0,5</translation>
    </message>
    <message>
        <source>with its own recording</source>
        <translation>mit der eigenen Aufzeichnung</translation>
    </message>
    <message>
        <source>%1 of %2 candidates of split %3 lent their %4, near in %5 shared features. It says what the model would have said with such data, not what is true of this patient, nor what to measure.</source>
        <translation>%1 von %2 Kandidaten aus Teil %3 liehen ihre Modalität %4, nah in %5 gemeinsamen Merkmalen. Das zeigt, was das Modell mit solchen Daten gesagt hätte, nicht, was für diesen Patienten gilt oder zu messen wäre.</translation>
    </message>
    <message>
        <source>what</source>
        <translation>was</translation>
    </message>
    <message>
        <source>10 % of donors</source>
        <translation>10 % der Spender</translation>
    </message>
    <message>
        <source>median of donors</source>
        <translation>Median der Spender</translation>
    </message>
    <message>
        <source>90 % of donors</source>
        <translation>90 % der Spender</translation>
    </message>
    <message>
        <source>donor %1</source>
        <translation>Spender %1</translation>
    </message>
    <message>
        <source>Whose data stood in, nearest first</source>
        <translation>Wessen Daten einsprangen, Nächste zuerst</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::DriftPanel</name>
    <message>
        <source>Routing drift</source>
        <translation>Routing-Drift</translation>
    </message>
    <message>
        <source>Ranks the stays by how far their routing moves when modalities are hidden: two masks a stay, about a minute for ten thousand stays.</source>
        <translation>Ordnet die Aufenthalte danach, wie weit sich ihr Routing verschiebt, wenn Modalitäten verborgen werden: zwei Masken je Aufenthalt, etwa eine Minute für zehntausend Aufenthalte.</translation>
    </message>
    <message>
        <source>how far routing moves when modalities are hidden</source>
        <translation>wie weit sich das Routing verschiebt, wenn Modalitäten verborgen werden</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>JS</source>
        <translation>JS</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>L1</source>
        <translation>L1</translation>
    </message>
    <message>
        <source>Jensen–Shannon divergence, nats, 0 … log 2</source>
        <translation>Jensen-Shannon-Divergenz, Nats, 0 … log 2</translation>
    </message>
    <message>
        <source>KL(full ‖ masked), nats</source>
        <translation>KL(voll ‖ maskiert), Nats</translation>
    </message>
    <message>
        <source>Sum of absolute differences, 0 … 2</source>
        <translation>Summe der absoluten Differenzen, 0 … 2</translation>
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
        <source>Ranking over</source>
        <translation>Rangfolge über</translation>
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
        <source>The stays that pass the list&apos;s filter</source>
        <translation>Die Aufenthalte im Filter der Liste</translation>
    </message>
    <message>
        <source>All stays of the cohort</source>
        <translation>Alle Aufenthalte der Kohorte</translation>
    </message>
    <message>
        <source>Hidden in the ranking</source>
        <translation>In der Rangfolge verborgen</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen:</translation>
    </message>
    <message>
        <source>Stays by drift</source>
        <translation>Aufenthalte nach Drift</translation>
    </message>
    <message>
        <source>stay</source>
        <translation>Aufenthalt</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <source>What the model was not shown</source>
        <translation>Was dem Modell nicht gezeigt wurde</translation>
    </message>
    <message>
        <source>drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>Mean over layers and routers</source>
        <translation>Mittel über Schichten und Router</translation>
    </message>
    <message>
        <source>full</source>
        <translation>voll</translation>
    </message>
    <message>
        <source>Probability with all the stay has</source>
        <translation>Wahrscheinlichkeit mit allem, was der Aufenthalt hat</translation>
    </message>
    <message>
        <source>Δp</source>
        <translation>Δp</translation>
    </message>
    <message>
        <source>Change of the probability when hidden</source>
        <translation>Änderung der Wahrscheinlichkeit, wenn verborgen</translation>
    </message>
    <message>
        <source>This stay</source>
        <translation>Dieser Aufenthalt</translation>
    </message>
    <message>
        <source>Stays of the ranking; drag over it to filter</source>
        <translation>Aufenthalte der Rangfolge; zum Filtern darüber ziehen</translation>
    </message>
    <message>
        <source>Jensen–Shannon, nats</source>
        <translation>Jensen-Shannon, Nats</translation>
    </message>
    <message>
        <source>L1, 0 … 2</source>
        <translation>L1, 0 … 2</translation>
    </message>
    <message>
        <source>each modality in turn</source>
        <translation>jede Modalität der Reihe nach</translation>
    </message>
    <message>
        <source>what is masked now: %1</source>
        <translation>was jetzt maskiert ist: %1</translation>
    </message>
    <message>
        <source>Nothing differs from %1.
Mask a modality with its key, and see which routers move.</source>
        <translation>Nichts weicht ab von: %1.
Maskieren Sie eine Modalität mit ihrer Taste und sehen Sie, welche Router sich verschieben.</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>infinite: an expert is no longer kept</source>
        <translation>unendlich: ein Experte wird nicht mehr behalten</translation>
    </message>
    <message>
        <source>router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>drift from %1, %2</source>
        <translation>Drift gegen %1, %2</translation>
    </message>
    <message>
        <source>Click to look at this stay.</source>
        <translation>Klicken, um diesen Aufenthalt anzusehen.</translation>
    </message>
    <message>
        <source>drift: %1</source>
        <translation>Drift: %1</translation>
    </message>
    <message>
        <source>Not ranked yet. Run hides modalities of every stay.</source>
        <translation>Noch keine Rangfolge. „Ausführen“ verbirgt Modalitäten jedes Aufenthalts.</translation>
    </message>
    <message>
        <source>n = %1 (%2); %3; %4 routing, mean over layers and routers; model as trained. Click a row to look at the stay.</source>
        <translation>n = %1 (%2); %3; Routing %4, Mittel über Schichten und Router; Modell wie trainiert. Ein Klick auf eine Zeile zeigt den Aufenthalt.</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
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
        <source>rows</source>
        <translation>Zeilen</translation>
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
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>term</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>Nats</translation>
    </message>
    <message>
        <source>nats, reference</source>
        <translation>Nats, Vergleich</translation>
    </message>
    <message>
        <source>H of %1</source>
        <translation>H von %1</translation>
    </message>
    <message>
        <source>E</source>
        <translation>E</translation>
    </message>
    <message>
        <source>lower bound of E</source>
        <translation>untere Grenze von E</translation>
    </message>
    <message>
        <source>E, edit %1 of %2</source>
        <translation>E, Änderung %1 von %2</translation>
    </message>
    <message>
        <source>mean of H: (1/M) Σ H(p̂) = &lt;b&gt;%1&lt;/b&gt; nats</source>
        <translation>Mittel von H: (1/M) Σ H(p̂) = &lt;b&gt;%1&lt;/b&gt; Nats</translation>
    </message>
    <message>
        <source>H of mean: H((1/M) Σ p̂) = &lt;b&gt;%1&lt;/b&gt; nats</source>
        <translation>H des Mittels: H((1/M) Σ p̂) = &lt;b&gt;%1&lt;/b&gt; Nats</translation>
    </message>
    <message>
        <source>H(p̂) = −Σ p̂ ln p̂ = &lt;b&gt;%1&lt;/b&gt; nats</source>
        <translation>H(p̂) = −Σ p̂ ln p̂ = &lt;b&gt;%1&lt;/b&gt; Nats</translation>
    </message>
    <message>
        <source>low = specialised, high = spread</source>
        <translation>niedrig = spezialisiert, hoch = verteilt</translation>
    </message>
    <message>
        <source>grey tick, %1: %2, change %3</source>
        <translation>grauer Strich, %1: %2, Änderung %3</translation>
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
    <name>fusemoe::ui::ExperimentChoice</name>
    <message>
        <source>Suggested for this cohort</source>
        <translation>Vorschlag für diese Kohorte</translation>
    </message>
    <message>
        <source>There is no modality to train on.</source>
        <translation>Es ist keine Modalität da, auf der trainiert werden kann.</translation>
    </message>
    <message>
        <source>Tick at least one.</source>
        <translation>Wählen Sie mindestens eine.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ExperimentFields</name>
    <message>
        <source>Gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>How well a token fits an expert: softmax xᵀW, Laplace −‖x−W‖₂ (the paper&apos;s), Gaussian −‖x−W‖₂².</source>
        <translation>Wie gut ein Token zu einem Experten passt: Softmax xᵀW, Laplace −‖x−W‖₂ (wie in der Arbeit), Gauß −‖x−W‖₂².</translation>
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
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Who chooses experts: one router for all modalities, one each over a shared pool, or one each with experts of its own.</source>
        <translation>Wer Experten wählt: ein Router für alle Modalitäten, je einer über einem gemeinsamen Vorrat, oder je einer mit eigenen Experten.</translation>
    </message>
    <message>
        <source>joint</source>
        <translation>gemeinsam</translation>
    </message>
    <message>
        <source>per modality, shared</source>
        <translation>je Modalität, geteilt</translation>
    </message>
    <message>
        <source>per modality, own</source>
        <translation>je Modalität, eigene</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>What is routed: a modality&apos;s whole sequence (the authors&apos; code), or each of its time bins (the paper).</source>
        <translation>Was verteilt wird: die ganze Folge einer Modalität (Programm der Autoren) oder jeder ihrer Zeitabschnitte (die Arbeit).</translation>
    </message>
    <message>
        <source>whole sequence</source>
        <translation>ganze Folge</translation>
    </message>
    <message>
        <source>time bin</source>
        <translation>Zeitabschnitt</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlendes</translation>
    </message>
    <message>
        <source>What a missing modality becomes: a learned embedding (the paper) or zeros (the authors&apos; code).</source>
        <translation>Was aus einer fehlenden Modalität wird: eine gelernte Einbettung (die Arbeit) oder Nullen (Programm der Autoren).</translation>
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
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>S, in each layer, over all pools. The paper: 16.</source>
        <translation>S, in jeder Schicht, über alle Vorräte. Die Arbeit: 16.</translation>
    </message>
    <message>
        <source>Top-K</source>
        <translation>Top-K</translation>
    </message>
    <message>
        <source>Experts each token keeps; only these are computed. The paper: 4.</source>
        <translation>Experten, die jedes Token behält; nur diese werden berechnet. Die Arbeit: 4.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Fusion layers, each with routers of its own. The paper: 3.</source>
        <translation>Fusionsschichten, jede mit eigenen Routern. Die Arbeit: 3.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>D, numbers in a token; a multiple of the heads. The paper: 128; 32 to 64 train in minutes.</source>
        <translation>D, Zahlen in einem Token; ein Vielfaches der Köpfe. Die Arbeit: 128; mit 32 bis 64 dauert das Training Minuten.</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Of attention over time and over observations. The paper: 8.</source>
        <translation>Der Aufmerksamkeit über Zeit und Beobachtungen. Die Arbeit: 8.</translation>
    </message>
    <message>
        <source>Time bins</source>
        <translation>Zeitabschnitte</translation>
    </message>
    <message>
        <source>Into which the window is divided. The paper: 48 for 48 hours.</source>
        <translation>In die das Zeitfenster geteilt wird. Die Arbeit: 48 für 48 Stunden.</translation>
    </message>
    <message>
        <source>Expert width</source>
        <translation>Expertenbreite</translation>
    </message>
    <message>
        <source>Hidden units of an expert. The paper: 512.</source>
        <translation>Verborgene Einheiten eines Experten. Die Arbeit: 512.</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of units left out in each training step. The paper: 0.1.</source>
        <translation>Anteil der Einheiten, die in jedem Schritt ausgelassen werden. Die Arbeit: 0,1.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>At most; the best one on the validation split is kept.</source>
        <translation>Höchstens; die beste auf den Validierungsdaten wird behalten.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Stays in one step.</source>
        <translation>Aufenthalte in einem Schritt.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Of Adam. The paper: 0.0004.</source>
        <translation>Von Adam. Die Arbeit: 0,0004.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>Of Adam; 0 = none.</source>
        <translation>Von Adam; 0 = keine.</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Epochs without a better validation AUROC before training ends by itself.</source>
        <translation>Epochen ohne bessere AUROC der Validierung, nach denen das Training von selbst endet.</translation>
    </message>
    <message>
        <source>Modality dropout</source>
        <translation>Modalität auslassen</translation>
    </message>
    <message>
        <source>Chance that a present modality is hidden for a step, so that the model learns to do without it.</source>
        <translation>Wahrscheinlichkeit, dass eine vorhandene Modalität für einen Schritt verborgen wird, damit das Modell ohne sie auskommen lernt.</translation>
    </message>
    <message>
        <source>Class weight</source>
        <translation>Klassengewicht</translation>
    </message>
    <message>
        <source>Of the positive class in a binary loss; 0 = negatives / positives.</source>
        <translation>Der positiven Klasse bei zwei Klassen; 0 = negative / positive.</translation>
    </message>
    <message>
        <source>Balance loss</source>
        <translation>Ausgleichsverlust</translation>
    </message>
    <message>
        <source>Coefficient c of CV²(importance) + CV²(load), which spreads the work over the experts; 0 = off.</source>
        <translation>Faktor c von CV²(Bedeutung) + CV²(Last), der die Arbeit über die Experten verteilt; 0 = aus.</translation>
    </message>
    <message>
        <source>Entropy loss</source>
        <translation>Entropieverlust</translation>
    </message>
    <message>
        <source>Coefficient of E = mean of H − H of mean, which makes each modality&apos;s router choose experts of its own; 0 = off.</source>
        <translation>Faktor von E = Mittel von H − H des Mittels; er lässt den Router jeder Modalität eigene Experten wählen; 0 = aus.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ExperimentForm</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>A beginning for every field: suggested, or a file of yours.</source>
        <translation>Ein Anfang für jedes Feld: vorgeschlagen oder aus Ihrer Datei.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>The label of the cohort that the model learns to predict.</source>
        <translation>Das Merkmal der Kohorte, das das Modell vorherzusagen lernt.</translation>
    </message>
    <message>
        <source>Modalities</source>
        <translation>Modalitäten</translation>
    </message>
    <message>
        <source>What the model is given; the others it never sees.</source>
        <translation>Was dem Modell gegeben wird; die anderen sieht es nie.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Of every chance in training: the same seed on the same machine gives the same model.</source>
        <translation>Allen Zufalls beim Training: dieselbe Zahl gibt auf demselben Rechner dasselbe Modell.</translation>
    </message>
    <message>
        <source>From a file …</source>
        <translation>Aus einer Datei …</translation>
    </message>
    <message>
        <source>vectors of %1</source>
        <translation>Vektoren von %1</translation>
    </message>
    <message>
        <source>%1 variables</source>
        <translation>%1 Variablen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ExpertsPanel</name>
    <message>
        <source>Expert effects</source>
        <translation>Wirkung der Experten</translation>
    </message>
    <message>
        <source>Ranks every expert by what the predictions of the stays lose without it: each is knocked out in turn. Up to 2,000 stays, some minutes.</source>
        <translation>Ordnet alle Experten danach, was die Vorhersagen der Aufenthalte ohne sie verlieren: jeder wird der Reihe nach ausgeschaltet. Bis zu 2.000 Aufenthalte, einige Minuten.</translation>
    </message>
    <message>
        <source>knock out, pin or swap an expert, and see</source>
        <translation>einen Experten ausschalten, festlegen oder tauschen, und sehen</translation>
    </message>
    <message>
        <source>Ranking over</source>
        <translation>Rangfolge über</translation>
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
        <source>The stays that pass the list&apos;s filter</source>
        <translation>Die Aufenthalte im Filter der Liste</translation>
    </message>
    <message>
        <source>All stays of the cohort</source>
        <translation>Alle Aufenthalte der Kohorte</translation>
    </message>
    <message>
        <source>Ranked by</source>
        <translation>Geordnet nach</translation>
    </message>
    <message>
        <source>Δ probability</source>
        <translation>Δ Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>AUROC lost</source>
        <translation>AUROC-Verlust</translation>
    </message>
    <message>
        <source>Mean change of the probability, with the expert minus without</source>
        <translation>Mittlere Änderung der Wahrscheinlichkeit, mit dem Experten minus ohne</translation>
    </message>
    <message>
        <source>AUROC with the expert minus without; needs both labels among the stays</source>
        <translation>AUROC mit dem Experten minus ohne; braucht beide Label unter den Aufenthalten</translation>
    </message>
    <message>
        <source>Effect of each expert</source>
        <translation>Wirkung jedes Experten</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Knock out</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Festlegen</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>No router may choose it: the others share its tokens</source>
        <translation>Kein Router darf ihn wählen: die anderen teilen sich seine Tokens</translation>
    </message>
    <message>
        <source>Every token that may choose it keeps it, in place of its last choice</source>
        <translation>Jedes Token, das ihn wählen darf, behält ihn, anstelle seiner letzten Wahl</translation>
    </message>
    <message>
        <source>Two experts compute each other&apos;s tokens; routing stays</source>
        <translation>Zwei Experten berechnen die Tokens des jeweils anderen; das Routing bleibt</translation>
    </message>
    <message>
        <source>Layer of the expert</source>
        <translation>Schicht des Experten</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Expert to swap with</source>
        <translation>Experte, mit dem getauscht wird</translation>
    </message>
    <message>
        <source>Experts a token keeps</source>
        <translation>Experten, die ein Token behält</translation>
    </message>
    <message>
        <source>Experts a token keeps (K); as trained = the model&apos;s own</source>
        <translation>Experten, die ein Token behält (K); wie trainiert = die des Modells</translation>
    </message>
    <message>
        <source>K as trained</source>
        <translation>K wie trainiert</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>Alle entfernen</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Alle Schichten</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>This stay: probability %1. No expert is changed.</source>
        <translation>Dieser Aufenthalt: Wahrscheinlichkeit %1. Kein Experte ist geändert.</translation>
    </message>
    <message>
        <source>This stay: probability %1, %2 against %3 (%4).</source>
        <translation>Dieser Aufenthalt: Wahrscheinlichkeit %1, %2 gegen %3 (%4).</translation>
    </message>
    <message>
        <source>AUROC with the expert − without</source>
        <translation>AUROC mit dem Experten − ohne</translation>
    </message>
    <message>
        <source>mean Δ probability, with the expert − without</source>
        <translation>mittlere Δ Wahrscheinlichkeit, mit dem Experten − ohne</translation>
    </message>
    <message>
        <source>Not ranked yet.
Run ranks every expert of every layer; a click on a bar then knocks it out.</source>
        <translation>Noch keine Rangfolge.
„Ausführen“ ordnet jeden Experten jeder Schicht; ein Klick auf einen Balken schaltet ihn dann aus.</translation>
    </message>
    <message>
        <source>layer %1, %2</source>
        <translation>Schicht %1, %2</translation>
    </message>
    <message>
        <source>%1 (out)</source>
        <translation>%1 (aus)</translation>
    </message>
    <message>
        <source>one label only</source>
        <translation>nur ein Label</translation>
    </message>
    <message>
        <source>mean |Δ| %1, mean kept weight %2</source>
        <translation>mittleres |Δ| %1, mittleres behaltenes Gewicht %2</translation>
    </message>
    <message>
        <source>AUROC with all %1</source>
        <translation>AUROC mit allen %1</translation>
    </message>
    <message>
        <source>no AUROC, as one label only is known</source>
        <translation>keine AUROC, da nur ein Label bekannt ist</translation>
    </message>
    <message>
        <source>n = %1 of %2, model as trained, %3; 95 % bootstrap over stays; largest mean |Δ| first. An effect on the model&apos;s prediction, not a reason for it. Click = knock out.</source>
        <translation>n = %1 von: %2, Modell wie trainiert, %3; 95 % Bootstrap über Aufenthalte; größtes mittleres |Δ| zuerst. Eine Wirkung auf die Vorhersage des Modells, kein Grund dafür. Klick = ausschalten.</translation>
    </message>
    <message>
        <source>1 stay</source>
        <translation>1 Aufenthalt</translation>
    </message>
    <message>
        <source>%1 stays</source>
        <translation>%1 Aufenthalte</translation>
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
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>How the model is built</source>
        <translation>Wie das Modell gebaut ist</translation>
    </message>
    <message>
        <source>What its makers say of it: data, use and limits</source>
        <translation>Was seine Urheber sagen: Daten, Zweck und Grenzen</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>Über dieses Modell</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Digest of the file: %1</source>
        <translation>Prüfsumme der Datei: %1</translation>
    </message>
    <message>
        <source>Digest of all but expert weights, which are not read to open a large file: %1</source>
        <translation>Prüfsumme von allem außer den Gewichten der Experten, die beim Öffnen einer großen Datei nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>The file has no model card.</source>
        <translation>Die Datei hat keine Modellkarte.</translation>
    </message>
    <message>
        <source>fact</source>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::FileDialogs</name>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Open cohort</source>
        <translation>Kohorte öffnen</translation>
    </message>
    <message>
        <source>Cohorts (*.sqlite *.db)</source>
        <translation>Kohorten (*.sqlite *.db)</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Sessions (*.fusemoe.json)</source>
        <translation>Sitzungen (*.fusemoe.json)</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::FilterHelp</name>
    <message>
        <source>the id begins with 300</source>
        <translation>die Nummer beginnt mit 300</translation>
    </message>
    <message>
        <source>this modality is recorded</source>
        <translation>diese Modalität ist erhoben</translation>
    </message>
    <message>
        <source>this one, and not that one</source>
        <translation>diese, und jene nicht</translation>
    </message>
    <message>
        <source>the label; also no, unknown</source>
        <translation>das Label; auch nein, unbekannt</translation>
    </message>
    <message>
        <source>the part: train, validation, test</source>
        <translation>der Teil: train, validation, test</translation>
    </message>
    <message>
        <source>the risk; also &gt;= &lt; &lt;= =, and 30%</source>
        <translation>das Risiko; auch &gt;= &lt; &lt;= = und 30%</translation>
    </message>
    <message>
        <source>a minus turns a word around</source>
        <translation>ein Minus kehrt ein Wort um</translation>
    </message>
    <message>
        <source>How to filter stays</source>
        <translation>Wie man Aufenthalte filtert</translation>
    </message>
    <message>
        <source>Words that must all hold. Click one to try it.</source>
        <translation>Wörter, die alle zutreffen müssen. Klick probiert eines aus.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::FindingList</name>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>Weiter: %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::FlowChart</name>
    <message>
        <source>Flow from modalities over experts to the prediction</source>
        <translation>Fluss von den Modalitäten über die Experten zur Vorhersage</translation>
    </message>
    <message>
        <source>Ribbons as wide as the gate weight that each modality&apos;s router gives each expert</source>
        <translation>Bänder, so breit wie das Gate-Gewicht, das der Router jeder Modalität jedem Experten gibt</translation>
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
        <source>expert, probability mass</source>
        <translation>Experte, Wahrscheinlichkeitsmasse</translation>
    </message>
    <message>
        <source>expert, gate weight</source>
        <translation>Experte, Gate-Gewicht</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source> Outlined: %1.</source>
        <translation> Umrandet: %1.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %2&lt;br&gt;The experts&apos; outputs, weighted by the gate, go through the next layers and the head.</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;: %2&lt;br&gt;Die Ausgaben der Experten, vom Gate gewichtet, gehen durch die nächsten Schichten und den Kopf.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2, %3 of all</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2, %3 von allen</translation>
    </message>
    <message>
        <source>dense probability, summed: &lt;b&gt;%1&lt;/b&gt; tokens, %2 of all</source>
        <translation>dichte Wahrscheinlichkeit, summiert: &lt;b&gt;%1&lt;/b&gt; Tokens, %2 von allen</translation>
    </message>
    <message>
        <source>importance, Σ of kept gate weight: &lt;b&gt;%1&lt;/b&gt; tokens, %2 of all</source>
        <translation>Wichtigkeit, Σ behaltener Gate-Gewichte: &lt;b&gt;%1&lt;/b&gt; Tokens, %2 von allen</translation>
    </message>
    <message>
        <source>%1 %2, change %3</source>
        <translation>%1 %2, Änderung %3</translation>
    </message>
    <message>
        <source>a share of gate weight, not of the prediction</source>
        <translation>ein Anteil am Gate-Gewicht, nicht an der Vorhersage</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; tokens: %2 of what the modality gives, %3 of what the expert gets</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; Tokens: %2 dessen, was die Modalität gibt, %3 dessen, was der Experte bekommt</translation>
    </message>
    <message>
        <source>modality, tokens</source>
        <translation>Modalität, Tokens</translation>
    </message>
    <message>
        <source>Width: dense probability over all tokens: who could be asked, not why.</source>
        <translation>Breite: dichte Wahrscheinlichkeit über alle Tokens: wer gefragt werden konnte, nicht warum.</translation>
    </message>
    <message>
        <source>Width: kept gate weight over all tokens: who was asked, not why.</source>
        <translation>Breite: behaltenes Gate-Gewicht über alle Tokens: wer gefragt wurde, nicht warum.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::GatesPanel</name>
    <message>
        <source>Gates and routers</source>
        <translation>Gates und Router</translation>
    </message>
    <message>
        <source>The stay under other gates and other checkpoints, side by side.</source>
        <translation>Der Aufenthalt unter anderen Gates und anderen Modellen, nebeneinander.</translation>
    </message>
    <message>
        <source>the same stay under other gates and checkpoints</source>
        <translation>derselbe Aufenthalt unter anderen Gates und Modellen</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>Wie trainiert</translation>
    </message>
    <message>
        <source>Softmax</source>
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
        <source>The gate the checkpoint was trained with</source>
        <translation>Das Gate, mit dem das Modell trainiert wurde</translation>
    </message>
    <message>
        <source>Gate:</source>
        <translation>Gate:</translation>
    </message>
    <message>
        <source>Add model …</source>
        <translation>Modell hinzufügen …</translation>
    </message>
    <message>
        <source>Another checkpoint, to see this stay through it</source>
        <translation>Ein anderes Modell, um diesen Aufenthalt damit zu sehen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Leave the other checkpoints out</source>
        <translation>Die anderen Modelle weglassen</translation>
    </message>
    <message>
        <source>Show flow</source>
        <translation>Fluss zeigen</translation>
    </message>
    <message>
        <source>Modality → expert → prediction, in the routing panel; hold Space to flip to the reference</source>
        <translation>Modalität → Experte → Vorhersage, in der Routing-Ansicht; Leertaste halten zeigt den Vergleich</translation>
    </message>
    <message>
        <source>Models and gates</source>
        <translation>Modelle und Gates</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>trained with it</source>
        <translation>damit trainiert</translation>
    </message>
    <message>
        <source>router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>most kept experts, layer shown</source>
        <translation>meistbehaltene Experten, gezeigte Schicht</translation>
    </message>
    <message>
        <source>By mean kept weight (top-K) of each router</source>
        <translation>Nach dem mittleren behaltenen Gewicht (Top-K) jedes Routers</translation>
    </message>
    <message>
        <source>Add models</source>
        <translation>Modelle hinzufügen</translation>
    </message>
    <message>
        <source>%1, not trained with it</source>
        <translation>%1, nicht damit trainiert</translation>
    </message>
    <message>
        <source>%1, as trained</source>
        <translation>%1, wie trainiert</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>1 stay, the mask shown; other gates use the same tokens and gate vectors and were not trained with it%1. Weights are top-K, mean over tokens.</source>
        <translation>1 Aufenthalt, die gezeigte Maske; andere Gates nutzen dieselben Tokens und Gate-Vektoren und wurden nicht damit trainiert%1. Gewichte sind Top-K, Mittel über Tokens.</translation>
    </message>
    <message>
        <source>; one is in use now</source>
        <translation>; eines ist jetzt in Gebrauch</translation>
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
    <name>fusemoe::ui::ImageView</name>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ImportContentsPage</name>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>First rows of the source</source>
        <translation>Erste Zeilen der Quelle</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Was daraus wird</translation>
    </message>
    <message>
        <source>Marked variables to</source>
        <translation>Markierte Variablen nach</translation>
    </message>
    <message>
        <source>Modality, or a new name</source>
        <translation>Modalität oder neuer Name</translation>
    </message>
    <message>
        <source>Modality to move to</source>
        <translation>Ziel des Verschiebens</translation>
    </message>
    <message>
        <source>This source shows no rows.</source>
        <translation>Diese Quelle zeigt keine Zeilen.</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ImportDialog</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>Daten importieren</translation>
    </message>
    <message>
        <source>The import was cancelled. Nothing was written.</source>
        <translation>Der Import wurde abgebrochen. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>1  Source</source>
        <translation>1  Quelle</translation>
    </message>
    <message>
        <source>2  Contents</source>
        <translation>2  Inhalt</translation>
    </message>
    <message>
        <source>3  Import</source>
        <translation>3  Import</translation>
    </message>
    <message>
        <source>Import more</source>
        <translation>Mehr importieren</translation>
    </message>
    <message>
        <source>Cancel import</source>
        <translation>Import abbrechen</translation>
    </message>
    <message>
        <source>Train a model …</source>
        <translation>Modell trainieren …</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Looking into the source …</source>
        <translation>Die Quelle wird angesehen …</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>Still missing: %1</source>
        <translation>Es fehlt noch: %1</translation>
    </message>
    <message>
        <source>It goes on when this window is closed.</source>
        <translation>Er läuft weiter, wenn dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>What was dropped is of no source that is known.</source>
        <translation>Was abgelegt wurde, gehört zu keiner bekannten Quelle.</translation>
    </message>
    <message>
        <source>Choose the source in the list, and its files beside it.</source>
        <translation>Wählen Sie die Quelle in der Liste und daneben ihre Dateien.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ImportSourcePage</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Or drop the files or their folder here: what they are is seen from their names.</source>
        <translation>Oder legen Sie die Dateien oder ihren Ordner hier ab: An den Namen ist zu sehen, was sie sind.</translation>
    </message>
    <message>
        <source>a source</source>
        <translation>eine Quelle</translation>
    </message>
    <message>
        <source>%1 (optional)</source>
        <translation>%1 (freiwillig)</translation>
    </message>
    <message>
        <source>File …</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>Ordner …</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ImportTargetPage</name>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Cohort file</source>
        <translation>Kohortendatei</translation>
    </message>
    <message>
        <source>What became of the rows</source>
        <translation>Was aus den Zeilen wurde</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>vectors of %1</source>
        <translation>Vektoren von %1</translation>
    </message>
    <message>
        <source>1 variable</source>
        <translation>1 Variable</translation>
    </message>
    <message>
        <source>%1 variables</source>
        <translation>%1 Variablen</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Modalities: %2&lt;br&gt;Tasks: %3&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Modalitäten: %2&lt;br&gt;Aufgaben: %3&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A database; what it has is replaced.</source>
        <translation>Eine Datenbank; was sie enthält, wird ersetzt.</translation>
    </message>
    <message>
        <source>This file is there and will be replaced.</source>
        <translation>Diese Datei gibt es schon; sie wird ersetzt.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Den Ordner %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>A new file.</source>
        <translation>Eine neue Datei.</translation>
    </message>
    <message>
        <source>Write cohort to</source>
        <translation>Kohorte schreiben nach</translation>
    </message>
    <message>
        <source>Cohorts (*.sqlite)</source>
        <translation>Kohorten (*.sqlite)</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;%1 is written and open.&lt;/b&gt;&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;%1 ist geschrieben und offen.&lt;/b&gt;&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::IntervalBars</name>
    <message>
        <source>Values with their intervals</source>
        <translation>Werte mit ihren Intervallen</translation>
    </message>
    <message>
        <source>A row a value, with its 95 % interval as a line; arrow keys step through the rows</source>
        <translation>Eine Zeile je Wert, das 95-%-Intervall als Strich; Pfeiltasten gehen durch die Zeilen</translation>
    </message>
    <message>
        <source>%1 (%2 … %3)</source>
        <translation>%1 (%2 … %3)</translation>
    </message>
    <message>
        <source>95 % interval: %1 … %2</source>
        <translation>95-%-Intervall: %1 … %2</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>95 % low</source>
        <translation>95 % unten</translation>
    </message>
    <message>
        <source>95 % high</source>
        <translation>95 % oben</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>Bemerkung</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::InterventionBanner</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Changed model</source>
        <translation>Geändertes Modell</translation>
    </message>
    <message>
        <source>Back to the model as it was trained</source>
        <translation>Zurück zum Modell, wie es trainiert wurde</translation>
    </message>
    <message>
        <source>%1 (reading the training stays …)</source>
        <translation>%1 (liest die Trainingsaufenthalte …)</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::InvariancePanel</name>
    <message>
        <source>Invariance</source>
        <translation>Invarianz</translation>
    </message>
    <message>
        <source>Computes the stay and some beside it again and again: alone, in shuffled batches, with other numbers of threads. The numbers must not depend on that. Some seconds.</source>
        <translation>Berechnet den Aufenthalt und einige daneben immer wieder: allein, in gemischten Stapeln, mit anderen Anzahlen von Threads. Die Zahlen dürfen davon nicht abhängen. Einige Sekunden.</translation>
    </message>
    <message>
        <source>the same patient, computed in other ways</source>
        <translation>derselbe Mensch, auf andere Weise berechnet</translation>
    </message>
    <message>
        <source>Ways of computing</source>
        <translation>Rechenwege</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>states</source>
        <translation>Zustände</translation>
    </message>
    <message>
        <source>States compared</source>
        <translation>Verglichene Zustände</translation>
    </message>
    <message>
        <source>largest |Δ|</source>
        <translation>größtes |Δ|</translation>
    </message>
    <message>
        <source>Over probabilities, logits and routing</source>
        <translation>Über Wahrscheinlichkeiten, Logits und Routing</translation>
    </message>
    <message>
        <source>|Δ| of probability</source>
        <translation>|Δ| Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Over probabilities alone</source>
        <translation>Nur über Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>may differ by</source>
        <translation>darf abweichen um</translation>
    </message>
    <message>
        <source>0 = must be equal to the bit</source>
        <translation>0 = muss auf das Bit gleich sein</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>gilt</translation>
    </message>
    <message>
        <source>1 way</source>
        <translation>1 Weise</translation>
    </message>
    <message>
        <source>%1 ways</source>
        <translation>%1 Weisen</translation>
    </message>
    <message>
        <source>✓ Equal to the bit in %1 of computing it.</source>
        <translation>✓ Auf das Bit gleich, auf %1 berechnet.</translation>
    </message>
    <message>
        <source>✓ The same in %1 of computing it: nothing differs by more than %2.</source>
        <translation>✓ Dasselbe, auf %1 berechnet: nichts weicht um mehr als %2 ab.</translation>
    </message>
    <message>
        <source>✗ The numbers depend on how they are computed: they differ by up to %1.</source>
        <translation>✗ Die Zahlen hängen davon ab, wie sie berechnet werden: Sie weichen um bis zu %1 ab.</translation>
    </message>
    <message>
        <source>✓ yes</source>
        <translation>✓ ja</translation>
    </message>
    <message>
        <source>✗ no</source>
        <translation>✗ nein</translation>
    </message>
    <message>
        <source>%1 (the one shown and those after it in the list), %2 each; differences in probability, logits and routing, as they are computed (float32).</source>
        <translation>%1 (der gezeigte und die nach ihm in der Liste), je %2; Differenzen in Wahrscheinlichkeit, Logits und Routing, wie sie berechnet werden (float32).</translation>
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
        <source>1 mask</source>
        <translation>1 Maske</translation>
    </message>
    <message>
        <source>%1 masks</source>
        <translation>%1 Masken</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LatticeChart</name>
    <message>
        <source>Mask lattice</source>
        <translation>Maskenverband</translation>
    </message>
    <message>
        <source>Every set of masked modalities and its prediction; arrow keys move, Enter masks</source>
        <translation>Jede Menge maskierter Modalitäten und ihre Vorhersage; Pfeiltasten bewegen, Eingabe maskiert</translation>
    </message>
    <message>
        <source>nothing masked</source>
        <translation>nichts maskiert</translation>
    </message>
    <message>
        <source>Masked: %1</source>
        <translation>Maskiert: %1</translation>
    </message>
    <message>
        <source>probability &lt;b&gt;%1&lt;/b&gt;, %2 against nothing masked</source>
        <translation>Wahrscheinlichkeit &lt;b&gt;%1&lt;/b&gt;, %2 gegen nichts maskiert</translation>
    </message>
    <message>
        <source>kept weight of %1: %2</source>
        <translation>behaltenes Gewicht von %1: %2</translation>
    </message>
    <message>
        <source>Click to mask these.</source>
        <translation>Klicken, um diese zu maskieren.</translation>
    </message>
    <message>
        <source>Expert %1: click to see its masks</source>
        <translation>Experte %1: klicken, um seine Masken zu sehen</translation>
    </message>
    <message>
        <source>%1 brings %2 to the kept weight of %3 in layer %4 (Shapley, top-K, mean over routers)</source>
        <translation>%1 trägt %2 zum behaltenen Gewicht von %3 in Schicht %4 bei (Shapley, Top-K, Mittel über Router)</translation>
    </message>
    <message>
        <source>%1: its contribution to the prediction, averaged over all orders of showing the modalities: %2</source>
        <translation>%1: Beitrag zur Vorhersage, gemittelt über alle Reihenfolgen, die Modalitäten zu zeigen: %2</translation>
    </message>
    <message>
        <source>Probability under every mask</source>
        <translation>Wahrscheinlichkeit unter jeder Maske</translation>
    </message>
    <message>
        <source>Kept weight of %1 under every mask, layer %2, mean over routers</source>
        <translation>Behaltenes Gewicht von %1 unter jeder Maske, Schicht %2, Mittel über Router</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>gate weight, top-K</source>
        <translation>Gate-Gewicht, Top-K</translation>
    </message>
    <message>
        <source>%1 masked</source>
        <translation>%1 maskiert</translation>
    </message>
    <message>
        <source>What each modality brings (Shapley, log-odds)</source>
        <translation>Was jede Modalität beiträgt (Shapley, Log-Odds)</translation>
    </message>
    <message>
        <source>What each modality brings (Shapley, probability)</source>
        <translation>Was jede Modalität beiträgt (Shapley, Wahrscheinlichkeit)</translation>
    </message>
    <message>
        <source>absent: not shared out</source>
        <translation>nicht erhoben: kein Anteil</translation>
    </message>
    <message>
        <source>sums exactly: Σ = %1 = full − empty (difference %2)</source>
        <translation>summiert sich genau: Σ = %1 = voll − leer (Differenz %2)</translation>
    </message>
    <message>
        <source>sampled: Σ = %1 = full − empty (difference %2)</source>
        <translation>Stichprobe: Σ = %1 = voll − leer (Differenz %2)</translation>
    </message>
    <message>
        <source>What each modality brings to an expert&apos;s weight</source>
        <translation>Was jede Modalität zum Gewicht eines Experten beiträgt</translation>
    </message>
    <message>
        <source>colour: −%1 … +%1; sums to full − empty within %2</source>
        <translation>Farbe: −%1 … +%1; Summe = voll − leer bis auf %2</translation>
    </message>
    <message>
        <source>Interactions: more together than apart</source>
        <translation>Wechselwirkungen: mehr zusammen als einzeln</translation>
    </message>
    <message>
        <source>Not available where masks are sampled.</source>
        <translation>Nicht verfügbar, wo Masken gezogen werden.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LatticePanel</name>
    <message>
        <source>Mask lattice</source>
        <translation>Maskenverband</translation>
    </message>
    <message>
        <source>Every mask of the stay, and what each brings.</source>
        <translation>Jede Maske des Aufenthalts, und was jede Modalität beiträgt.</translation>
    </message>
    <message>
        <source>what the model says under every mask</source>
        <translation>was das Modell unter jeder Maske sagt</translation>
    </message>
    <message>
        <source>Shared out</source>
        <translation>Aufgeteilt wird</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Expert weights</source>
        <translation>Expertengewichte</translation>
    </message>
    <message>
        <source>Shapley values of the prediction</source>
        <translation>Shapley-Werte der Vorhersage</translation>
    </message>
    <message>
        <source>Shapley values of the experts&apos; kept weights, layer shown</source>
        <translation>Shapley-Werte der behaltenen Expertengewichte, gezeigte Schicht</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Log-odds</source>
        <translation>Log-Odds</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>experts: kept weights (top-K), mean over routers</source>
        <translation>Experten: behaltene Gewichte (Top-K), Mittel über die Router</translation>
    </message>
    <message>
        <source>Shapley in log-odds, nodes in probability</source>
        <translation>Shapley in Log-Odds, Knoten in Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>in probability</source>
        <translation>in Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>sampled orders, bars ± 1.96 standard errors</source>
        <translation>zufällige Reihenfolgen, Balken ± 1,96 Standardfehler</translation>
    </message>
    <message>
        <source>1 stay with %1 of %2 modalities, %3 (%4), %5; computed in %6 ms. A contribution says what the model uses, not what is true of the patient.</source>
        <translation>1 Aufenthalt mit %1 von %2 Modalitäten, %3 (%4), %5; berechnet in %6 ms. Ein Beitrag sagt, was das Modell nutzt, nicht, was auf den Menschen zutrifft.</translation>
    </message>
    <message>
        <source>1 mask</source>
        <translation>1 Maske</translation>
    </message>
    <message>
        <source>%1 masks</source>
        <translation>%1 Masken</translation>
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
        <translation>Expertenlast</translation>
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
        <translation>gleich
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
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>tokens that kept it</source>
        <translation>Tokens, die ihn behielten</translation>
    </message>
    <message>
        <source>gate weight</source>
        <translation>Gate-Gewicht</translation>
    </message>
    <message>
        <source>tokens that kept it, reference</source>
        <translation>Tokens, die ihn behielten, Vergleich</translation>
    </message>
    <message>
        <source>gate weight, reference</source>
        <translation>Gate-Gewicht, Vergleich</translation>
    </message>
    <message>
        <source>grey tick, %1: %2 %</source>
        <translation>grauer Strich, %1: %2 %</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>bisher %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LoadPanel</name>
    <message>
        <source>Expert load</source>
        <translation>Expertenlast</translation>
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
        <translation>Dieser</translation>
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
</context>
<context>
    <name>fusemoe::ui::LoadingTask</name>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LogModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LogPanel</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>since the start, no patient data</source>
        <translation>seit dem Start, ohne Patientendaten</translation>
    </message>
    <message>
        <source>Copy the whole log, for a report of a problem</source>
        <translation>Das ganze Protokoll kopieren, um ein Problem zu melden</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheiten</translation>
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
        <source>%1 is no model, cohort or session.</source>
        <translation>%1 ist weder Modell noch Kohorte noch Sitzung.</translation>
    </message>
    <message>
        <source>open the demo</source>
        <translation>Demo öffnen</translation>
    </message>
    <message>
        <source>This is the demo: a study of 10,676 people and a model trained on it. Press 1 to hide the first modality from the model and watch its routers; 0 brings all back.</source>
        <translation>Dies ist die Demo: eine Studie mit 10.676 Personen und ein darauf trainiertes Modell. Taste 1 maskiert die erste Modalität für das Modell; sehen Sie, was die Router tun. 0 zeigt alle wieder.</translation>
    </message>
    <message>
        <source>More …</source>
        <translation>Mehr …</translation>
    </message>
    <message>
        <source>%1[*] – FuseMoE Explorer</source>
        <translation>%1[*] – FuseMoE Explorer</translation>
    </message>
    <message>
        <source>A model ends in .safetensors, .pth.tar, .pth or .pt, a cohort in .sqlite, a session in .fusemoe.json.</source>
        <translation>Ein Modell endet auf .safetensors, .pth.tar, .pth oder .pt, eine Kohorte auf .sqlite, eine Sitzung auf .fusemoe.json.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::MatchingPanel</name>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>expert of model B</source>
        <translation>Experte von Modell B</translation>
    </message>
    <message>
        <source>correlation of use, framed: matched</source>
        <translation>Korrelation der Nutzung, gerahmt: zugeordnet</translation>
    </message>
    <message>
        <source>matched</source>
        <translation>zugeordnet</translation>
    </message>
    <message>
        <source>Expert matching</source>
        <translation>Zuordnung der Experten</translation>
    </message>
    <message>
        <source>Choose a second model above. Both run over the same stays, and experts are matched by which patients they work for.
Some seconds a thousand stays.</source>
        <translation>Wählen Sie oben ein zweites Modell. Beide laufen über dieselben Aufenthalte; Experten werden danach zugeordnet, für welche Patienten sie arbeiten.
Einige Sekunden je tausend Aufenthalte.</translation>
    </message>
    <message>
        <source>is expert 3 the same in another model?</source>
        <translation>ist Experte 3 in einem anderen Modell derselbe?</translation>
    </message>
    <message>
        <source>Model B …</source>
        <translation>Modell B …</translation>
    </message>
    <message>
        <source>The model to compare with: another seed, fold or setting, of the same modalities and experts</source>
        <translation>Das Modell zum Vergleich: anderer Startwert, andere Faltung oder Einstellung, mit denselben Modalitäten und Experten</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Similarity of experts</source>
        <translation>Ähnlichkeit der Experten</translation>
    </message>
    <message>
        <source>Match experts with those of a model</source>
        <translation>Experten denen eines Modells zuordnen</translation>
    </message>
    <message>
        <source>Model B: %1</source>
        <translation>Modell B: %1</translation>
    </message>
    <message>
        <source>similarity by number</source>
        <translation>Ähnlichkeit nach Nummer</translation>
    </message>
    <message>
        <source>matched by use</source>
        <translation>nach Nutzung zugeordnet</translation>
    </message>
    <message>
        <source>by chance, matched; 95 %: %1</source>
        <translation>zufällig, zugeordnet; 95 %: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>keep their number</source>
        <translation>behalten ihre Nummer</translation>
    </message>
    <message>
        <source>A: %1, B: %2; %3 stays (%4), kept weights (top-K) of each modality. %5</source>
        <translation>A: %1, B: %2; %3 Aufenthalte (%4), behaltene Gewichte (Top-K) jeder Modalität. %5</translation>
    </message>
    <message>
        <source>all splits</source>
        <translation>alle Teile</translation>
    </message>
    <message>
        <source>split %1</source>
        <translation>Teil %1</translation>
    </message>
    <message>
        <source>expert of A</source>
        <translation>Experte von A</translation>
    </message>
    <message>
        <source>expert of B</source>
        <translation>Experte von B</translation>
    </message>
    <message>
        <source>similarity</source>
        <translation>Ähnlichkeit</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::MatrixChart</name>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Rows and columns of numbers, with colours; arrow keys step through the cells</source>
        <translation>Zeilen und Spalten von Zahlen, mit Farben; Pfeiltasten gehen durch die Zellen</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::MechanismPanel</name>
    <message>
        <source>Missing mechanism</source>
        <translation>Mechanismus für Fehlendes</translation>
    </message>
    <message>
        <source>What stands for the missing modalities, side by side.</source>
        <translation>Was für die fehlenden Modalitäten steht, nebeneinander.</translation>
    </message>
    <message>
        <source>what stands for a missing modality</source>
        <translation>was für eine fehlende Modalität steht</translation>
    </message>
    <message>
        <source>In place of what is missing</source>
        <translation>Anstelle des Fehlenden</translation>
    </message>
    <message>
        <source>As the model file says</source>
        <translation>Wie die Modelldatei es sagt</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s learned embedding</source>
        <translation>Die gelernte Einbettung des Modells</translation>
    </message>
    <message>
        <source>Zeros, as in the authors&apos; code</source>
        <translation>Nullen, wie im Code der Autoren</translation>
    </message>
    <message>
        <source>The mean encoding over the training stays that have the modality</source>
        <translation>Die mittlere Kodierung über die Trainingsaufenthalte, die die Modalität haben</translation>
    </message>
    <message>
        <source>In place of what is missing:</source>
        <translation>Anstelle des Fehlenden:</translation>
    </message>
    <message>
        <source>Mechanisms</source>
        <translation>Mechanismen</translation>
    </message>
    <message>
        <source>In place of it</source>
        <translation>An seiner Stelle</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>Was das Modell sagt</translation>
    </message>
    <message>
        <source>Δ</source>
        <translation>Δ</translation>
    </message>
    <message>
        <source>Difference of the probability from as trained</source>
        <translation>Differenz der Wahrscheinlichkeit zu „wie trainiert“</translation>
    </message>
    <message>
        <source>drift, nats</source>
        <translation>Drift, Nats</translation>
    </message>
    <message>
        <source>Jensen–Shannon, dense, mean over layers and routers, from as trained</source>
        <translation>Jensen-Shannon, dicht, Mittel über Schichten und Router, gegen „wie trainiert“</translation>
    </message>
    <message>
        <source>Nothing is missing: the stay has every modality.
Mask one with its key, or choose a stay that lacks one.</source>
        <translation>Nichts fehlt: Der Aufenthalt hat jede Modalität.
Maskieren Sie eine mit ihrer Taste, oder wählen Sie einen Aufenthalt, dem eine fehlt.</translation>
    </message>
    <message>
        <source>not computed yet: choose it</source>
        <translation>noch nicht berechnet: wählen Sie ihn</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 (trained with)</source>
        <translation>%1 (damit trainiert)</translation>
    </message>
    <message>
        <source>1 stay without %1. Probability of %2; drift of the dense routing, mean over layers and routers. Only what the model was trained with is the trained model.</source>
        <translation>1 Aufenthalt ohne %1. Wahrscheinlichkeit von %2; Drift des dichten Routings, Mittel über Schichten und Router. Nur das, womit trainiert wurde, ist das trainierte Modell.</translation>
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
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::MissingnessPanel</name>
    <message>
        <source>Routing drift</source>
        <translation>Routing-Drift</translation>
    </message>
    <message>
        <source>Naturally missing − masked</source>
        <translation>Natürlich fehlend − maskiert</translation>
    </message>
    <message>
        <source>Routing: how far a pair lies apart</source>
        <translation>Routing: wie weit ein Paar auseinanderliegt</translation>
    </message>
    <message>
        <source>How alike the pairs are</source>
        <translation>Wie ähnlich die Paare sind</translation>
    </message>
    <message>
        <source>naturally missing %1, masked %2</source>
        <translation>natürlich fehlend %1, maskiert %2</translation>
    </message>
    <message>
        <source>difference of probability, 95 % interval</source>
        <translation>Differenz der Wahrscheinlichkeit, 95-%-Intervall</translation>
    </message>
    <message>
        <source>Predicted risk</source>
        <translation>Vorhergesagtes Risiko</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>No pair with both labels known.</source>
        <translation>Kein Paar, von dem beide Labels bekannt sind.</translation>
    </message>
    <message>
        <source>Risk, match unmasked</source>
        <translation>Risiko, Partner unmaskiert</translation>
    </message>
    <message>
        <source>naturally missing %1, match as recorded %2</source>
        <translation>natürlich fehlend %1, Partner wie aufgezeichnet %2</translation>
    </message>
    <message>
        <source>Jensen–Shannon divergence, nats, dense</source>
        <translation>Jensen-Shannon-Divergenz, nats, dicht</translation>
    </message>
    <message>
        <source>pair</source>
        <translation>Paar</translation>
    </message>
    <message>
        <source>two like stays</source>
        <translation>zwei ähnliche Aufenthalte</translation>
    </message>
    <message>
        <source>standardised mean difference</source>
        <translation>standardisierte Mittelwertdifferenz</translation>
    </message>
    <message>
        <source>after matching</source>
        <translation>nach Zuordnung</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>The stays share no feature to be matched by.</source>
        <translation>Die Aufenthalte haben kein gemeinsames Merkmal, nach dem sie zugeordnet werden könnten.</translation>
    </message>
    <message>
        <source>Natural or forced</source>
        <translation>Natürlich oder erzwungen</translation>
    </message>
    <message>
        <source>Pairs stays that truly lack the modality with like stays that have it, and masks it there.
What still differs is what the absence itself says. Some seconds a thousand stays.</source>
        <translation>Paart Aufenthalte, denen die Modalität wirklich fehlt, mit ähnlichen, die sie haben, und maskiert sie dort.
Was sich noch unterscheidet, sagt das Fehlen selbst. Einige Sekunden je tausend Aufenthalte.</translation>
    </message>
    <message>
        <source>what a modality&apos;s absence itself says</source>
        <translation>was das Fehlen einer Modalität selbst sagt</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>The modality whose absence is looked at</source>
        <translation>Die Modalität, deren Fehlen betrachtet wird</translation>
    </message>
    <message>
        <source>stays lack it</source>
        <translation>Aufenthalten fehlt sie</translation>
    </message>
    <message>
        <source>have it</source>
        <translation>haben sie</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>different matches</source>
        <translation>verschiedene Partner</translation>
    </message>
    <message>
        <source>median distance of a pair, SD a feature</source>
        <translation>mittlerer Abstand eines Paars (Median), SD je Merkmal</translation>
    </message>
    <message>
        <source>what</source>
        <translation>was</translation>
    </message>
    <message>
        <source>naturally missing</source>
        <translation>natürlich fehlend</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>95 % low</source>
        <translation>95 % unten</translation>
    </message>
    <message>
        <source>95 % high</source>
        <translation>95 % oben</translation>
    </message>
    <message>
        <source>predicted risk</source>
        <translation>vorhergesagtes Risiko</translation>
    </message>
    <message>
        <source>outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>predicted risk, match unmasked</source>
        <translation>vorhergesagtes Risiko, Partner unmaskiert</translation>
    </message>
    <message>
        <source>routing drift, nats</source>
        <translation>Routing-Drift, nats</translation>
    </message>
    <message>
        <source>routing drift of two like stays, nats</source>
        <translation>Routing-Drift zweier ähnlicher Aufenthalte, nats</translation>
    </message>
    <message>
        <source>stays that lack it</source>
        <translation>Aufenthalte, denen sie fehlt</translation>
    </message>
    <message>
        <source>stays that have it</source>
        <translation>Aufenthalte, die sie haben</translation>
    </message>
    <message>
        <source>median distance of a pair</source>
        <translation>mittlerer Abstand eines Paars (Median)</translation>
    </message>
    <message>
        <source>standardised mean difference before: %1</source>
        <translation>standardisierte Mittelwertdifferenz vorher: %1</translation>
    </message>
    <message>
        <source>standardised mean difference after: %1</source>
        <translation>standardisierte Mittelwertdifferenz nachher: %1</translation>
    </message>
    <message>
        <source>%1: %2 pairs; 95 % bootstrap over matches. Unmeasured differences of the patients remain; %3 of %4 features still differ by more than a quarter of a deviation.</source>
        <translation>%1: %2 Paare; 95 % Bootstrap über Partner. Nicht gemessene Unterschiede der Patienten bleiben; %3 von %4 Merkmalen unterscheiden sich noch um mehr als eine Viertelabweichung.</translation>
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
    <message>
        <source>%1 over %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>Recorded from %1 to %2 of a window of %3.</source>
        <translation>Erhoben von %1 bis %2 in einem Fenster von %3.</translation>
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
    <message>
        <source>modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>erhoben</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::PatternsPanel</name>
    <message>
        <source>below: 95 % interval, bootstrap over stays</source>
        <translation>darunter: 95-%-Intervall, Bootstrap über Aufenthalte</translation>
    </message>
    <message>
        <source>Not defined: no stay of this pattern has a known label.</source>
        <translation>Nicht definiert: kein Aufenthalt dieses Musters hat ein bekanntes Label.</translation>
    </message>
    <message>
        <source>Missing patterns</source>
        <translation>Fehlmuster</translation>
    </message>
    <message>
        <source>Predicts every labelled stay and measures how well that goes for each set of modalities the stays have.
Some seconds a thousand stays.</source>
        <translation>Sagt jeden Aufenthalt mit Label vorher und misst, wie gut das für jede vorhandene Menge von Modalitäten gelingt.
Einige Sekunden je tausend Aufenthalte.</translation>
    </message>
    <message>
        <source>how well it predicts for each set of modalities</source>
        <translation>wie gut es für jede Menge von Modalitäten vorhersagt</translation>
    </message>
    <message>
        <source>Metrics of each missing pattern</source>
        <translation>Maße jedes Fehlmusters</translation>
    </message>
    <message>
        <source>modalities the stays have</source>
        <translation>Modalitäten der Aufenthalte</translation>
    </message>
    <message>
        <source>within its column</source>
        <translation>in seiner Spalte</translation>
    </message>
    <message>
        <source>worst</source>
        <translation>schlechteste</translation>
    </message>
    <message>
        <source>best</source>
        <translation>beste</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>Aufenthalte</translation>
    </message>
    <message>
        <source>Stays of the split that have exactly these modalities</source>
        <translation>Aufenthalte des Teils mit genau diesen Modalitäten</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>positiv</translation>
    </message>
    <message>
        <source>Share of positives among known labels</source>
        <translation>Anteil der positiven unter den bekannten Labels</translation>
    </message>
    <message>
        <source>AUROC</source>
        <translation>AUROC</translation>
    </message>
    <message>
        <source>Chance that a positive stay scores above a negative one; higher is better</source>
        <translation>Chance, dass ein positiver Aufenthalt über einem negativen liegt; höher ist besser</translation>
    </message>
    <message>
        <source>AUPRC</source>
        <translation>AUPRC</translation>
    </message>
    <message>
        <source>Average precision; higher is better, but chance is the share of positives of each row</source>
        <translation>Mittlere Präzision; höher ist besser, Zufall ist aber der Anteil der positiven jeder Zeile</translation>
    </message>
    <message>
        <source>Brier</source>
        <translation>Brier</translation>
    </message>
    <message>
        <source>Mean squared error of the probability; lower is better</source>
        <translation>Mittlerer quadratischer Fehler der Wahrscheinlichkeit; niedriger ist besser</translation>
    </message>
    <message>
        <source>ECE</source>
        <translation>ECE</translation>
    </message>
    <message>
        <source>Calibration error, ten bins of equal width; lower is better, small groups come out high</source>
        <translation>Kalibrierungsfehler, zehn gleich breite Klassen; niedriger ist besser, kleine Gruppen liegen hoch</translation>
    </message>
    <message>
        <source>all stays</source>
        <translation>alle Aufenthalte</translation>
    </message>
    <message>
        <source>No label of these stays is known.</source>
        <translation>Kein Label dieser Aufenthalte ist bekannt.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 of %2 known labels</source>
        <translation>%1 von %2 bekannten Labels</translation>
    </message>
    <message>
        <source>not defined</source>
        <translation>nicht definiert</translation>
    </message>
    <message>
        <source> Means over %1 labels.</source>
        <translation> Mittel über %1 Labels.</translation>
    </message>
    <message>
        <source> “–”: not defined, point at it.</source>
        <translation> „–“: nicht definiert, Zeiger darauf sagt warum.</translation>
    </message>
    <message>
        <source>%1 labelled stays (%2), %3 patterns; 95 % intervals, %4 bootstrap samples.%5%6 A row says where the model is weak, not what a modality brings. Click it to list its stays.</source>
        <translation>%1 Aufenthalte mit Label (%2), %3 Muster; 95-%-Intervalle, %4 Bootstrap-Stichproben.%5%6 Eine Zeile zeigt, wo das Modell schwach ist, nicht, was eine Modalität bringt. Klick listet ihre Aufenthalte.</translation>
    </message>
    <message>
        <source>all splits</source>
        <translation>alle Teile</translation>
    </message>
    <message>
        <source>split %1</source>
        <translation>Teil %1</translation>
    </message>
    <message>
        <source>modalities</source>
        <translation>Modalitäten</translation>
    </message>
    <message>
        <source>known labels</source>
        <translation>bekannte Labels</translation>
    </message>
    <message>
        <source>positives</source>
        <translation>positive</translation>
    </message>
    <message>
        <source>%1, 95 % low</source>
        <translation>%1, 95 % unten</translation>
    </message>
    <message>
        <source>%1, 95 % high</source>
        <translation>%1, 95 % oben</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>Bemerkung</translation>
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
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>probability, reference</source>
        <translation>Wahrscheinlichkeit, Vergleich</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>%1
%2 %3</source>
        <translation>%1
%2 %3</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Preferences</name>
    <message>
        <source>Begin with what was open last</source>
        <translation>Mit dem beginnen, was zuletzt offen war</translation>
    </message>
    <message>
        <source>Fill in the risk column of the stay list</source>
        <translation>Die Risikospalte der Liste ausfüllen</translation>
    </message>
    <message>
        <source>Move from state to state instead of jumping</source>
        <translation>Von Zustand zu Zustand gleiten statt springen</translation>
    </message>
    <message>
        <source>Write stay ids into exports</source>
        <translation>Nummern der Aufenthalte mit exportieren</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Another language is used from the next start.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Cohort</source>
        <translation>Kohorte</translation>
    </message>
    <message>
        <source>Every stay is predicted in the background, while nothing else is computed.</source>
        <translation>Jeder Aufenthalt wird im Hintergrund vorhergesagt, wenn sonst nichts gerechnet wird.</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Off, figures and tables can be given away without telling who the patients are.</source>
        <translation>Ausgeschaltet lassen sich Bilder und Tabellen weitergeben, ohne zu verraten, wer die Patienten sind.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
    <name>fusemoe::ui::ProgramTrust</name>
    <message>
        <source>%1 is a program and was not run.</source>
        <translation>%1 ist ein Programm und wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Open it again to be asked again.</source>
        <translation>Öffnen Sie es noch einmal, um wieder gefragt zu werden.</translation>
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
    <message>
        <source>model changed (%1), not as trained</source>
        <translation>Modell geändert (%1), nicht wie trainiert</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RecentMenu</name>
    <message>
        <source>&amp;Recent files</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>%1 is no longer there</source>
        <translation>%1 ist nicht mehr da</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RecordChart</name>
    <message>
        <source>Mask window</source>
        <translation>Zeitfenster maskieren</translation>
    </message>
    <message>
        <source>Patient record</source>
        <translation>Patientenakte</translation>
    </message>
    <message>
        <source>Hides what was recorded in this time from the model</source>
        <translation>Maskiert, was in dieser Zeit erhoben wurde</translation>
    </message>
    <message>
        <source>Opening the cohort …</source>
        <translation>Kohorte wird geöffnet …</translation>
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
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Change %1 …</source>
        <translation>%1 ändern …</translation>
    </message>
    <message>
        <source>Restore as recorded</source>
        <translation>Wie erfasst wiederherstellen</translation>
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
        <source>Change value …</source>
        <translation>Wert ändern …</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Add an observation here</source>
        <translation>Hier eine Beobachtung hinzufügen</translation>
    </message>
    <message>
        <source>Discard all edits of this record</source>
        <translation>Alle Änderungen dieser Akte verwerfen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RecordEditor</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>move %1 to %2</source>
        <translation>%1 nach %2 verschieben</translation>
    </message>
    <message>
        <source>move %1 to %2 at %3</source>
        <translation>%1 auf %2 bei %3 verschieben</translation>
    </message>
    <message>
        <source>add %1 of %2</source>
        <translation>%1 hinzufügen: %2</translation>
    </message>
    <message>
        <source>delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>restore %1</source>
        <translation>%1 wiederherstellen</translation>
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
        <source>change %1 to %2</source>
        <translation>%1 auf %2 ändern</translation>
    </message>
    <message>
        <source>discard the edits of the record</source>
        <translation>Änderungen der Akte verwerfen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RecordPanel</name>
    <message>
        <source>Patient record</source>
        <translation>Patientenakte</translation>
    </message>
    <message>
        <source>Discard edits</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Shows the record as it is in the cohort again; can be undone</source>
        <translation>Zeigt die Akte wieder wie in der Kohorte; lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>time in %1</source>
        <translation>Zeit in %1</translation>
    </message>
    <message>
        <source>time in %1, 0 = %2</source>
        <translation>Zeit in %1, 0 = %2</translation>
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
        <translation>%1 vs %2 %3</translation>
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
        <source>Routing</source>
        <translation>Routing</translation>
    </message>
    <message>
        <source>Routing view</source>
        <translation>Routing-Ansicht</translation>
    </message>
    <message>
        <source>Heat map content</source>
        <translation>Inhalt der Heatmap</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Fluss</translation>
    </message>
    <message>
        <source>Mean over the tokens, modality by modality</source>
        <translation>Mittel über die Tokens, Modalität für Modalität</translation>
    </message>
    <message>
        <source>Every expert in every time bin</source>
        <translation>Jeder Experte in jedem Zeitabschnitt</translation>
    </message>
    <message>
        <source>From the modalities over the experts to the prediction</source>
        <translation>Von den Modalitäten über die Experten zur Vorhersage</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>The numbers of the state</source>
        <translation>Die Zahlen des Zustands</translation>
    </message>
    <message>
        <source>Their difference from the state compared with</source>
        <translation>Ihre Differenz zum Vergleich</translation>
    </message>
    <message>
        <source>joint router × expert, layer %1, top %2 outlined</source>
        <translation>gemeinsamer Router × Experte, Schicht %1, Top %2 umrandet</translation>
    </message>
    <message>
        <source>modality × expert, layer %1, top %2 outlined</source>
        <translation>Modalität × Experte, Schicht %1, Top %2 umrandet</translation>
    </message>
    <message>
        <source>expert × time bin, layer %1</source>
        <translation>Experte × Zeitabschnitt, Schicht %1</translation>
    </message>
    <message>
        <source>modality → expert → prediction, layer %1</source>
        <translation>Modalität → Experte → Vorhersage, Schicht %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RoutingHeatMap</name>
    <message>
        <source>Routing over time</source>
        <translation>Routing über die Zeit</translation>
    </message>
    <message>
        <source>A band of cells for each router: experts from top to bottom, time bins from left to right</source>
        <translation>Ein Band von Zellen je Router: Experten von oben nach unten, Zeitabschnitte von links nach rechts</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>nicht behalten</translation>
    </message>
    <message>
        <source>another router&apos;s expert</source>
        <translation>Experte eines anderen Routers</translation>
    </message>
    <message>
        <source>change of probability, now − %1</source>
        <translation>Änderung der Wahrscheinlichkeit, jetzt − %1</translation>
    </message>
    <message>
        <source>change of gate weight, now − %1</source>
        <translation>Änderung des Gate-Gewichts, jetzt − %1</translation>
    </message>
    <message>
        <source>change, shown − now</source>
        <translation>Änderung, gezeigt − jetzt</translation>
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
        <source>one token: the whole sequence</source>
        <translation>ein Token: die ganze Sequenz</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2, %3 experts</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2, %3 Experten</translation>
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
        <source>bin %1 of %2, %3</source>
        <translation>Abschnitt %1 von %2, %3</translation>
    </message>
    <message>
        <source>dense: softmax(%1) = &lt;b&gt;%2&lt;/b&gt;</source>
        <translation>dicht: softmax(%1) = &lt;b&gt;%2&lt;/b&gt;</translation>
    </message>
    <message>
        <source>cannot be chosen</source>
        <translation>nicht wählbar</translation>
    </message>
    <message>
        <source>top-%1: gate weight &lt;b&gt;%2&lt;/b&gt;</source>
        <translation>Top-%1: Gate-Gewicht &lt;b&gt;%2&lt;/b&gt;</translation>
    </message>
    <message>
        <source>%1: dense %2, gate weight %3</source>
        <translation>%1: dicht %2, Gate-Gewicht %3</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>change of the dense probability: %1</source>
        <translation>Änderung der dichten Wahrscheinlichkeit: %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RowChart</name>
    <message>
        <source>rows %1–%2 of %3</source>
        <translation>Zeilen %1–%2 von %3</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ScenePanel</name>
    <message>
        <source>Tokens and experts</source>
        <translation>Tokens und Experten</translation>
    </message>
    <message>
        <source>Whose tokens</source>
        <translation>Wessen Tokens</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Aufenthalt</translation>
    </message>
    <message>
        <source>Cohort</source>
        <translation>Kohorte</translation>
    </message>
    <message>
        <source>Tokens of the stay looked at</source>
        <translation>Tokens des gezeigten Aufenthalts</translation>
    </message>
    <message>
        <source>Behind them the tokens of many stays of the cohort, evenly chosen, in the same space</source>
        <translation>Dahinter die Tokens vieler Aufenthalte der Kohorte, gleichmäßig gewählt, im selben Raum</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Bring everything into the picture (F, or double click)</source>
        <translation>Alles ins Bild bringen (F oder Doppelklick)</translation>
    </message>
    <message>
        <source>PCA, layer %1</source>
        <translation>PCA, Schicht %1</translation>
    </message>
    <message>
        <source>, %1 tokens of %2 stays</source>
        <translation>, %1 Tokens aus %2 Aufenthalten</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::SceneView</name>
    <message>
        <source>Tokens and experts</source>
        <translation>Tokens und Experten</translation>
    </message>
    <message>
        <source>Tokens and gate vectors along their first three principal axes</source>
        <translation>Tokens und Gate-Vektoren entlang ihrer ersten drei Hauptachsen</translation>
    </message>
    <message>
        <source>updating …</source>
        <translation>wird berechnet …</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::SessionKeeper</name>
    <message>
        <source>Session %1</source>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>restore the session</source>
        <translation>Sitzung wiederherstellen</translation>
    </message>
    <message>
        <source>close the session</source>
        <translation>Sitzung schließen</translation>
    </message>
    <message>
        <source>go without a model</source>
        <translation>ohne Modell weiter</translation>
    </message>
    <message>
        <source>go without a cohort</source>
        <translation>ohne Kohorte weiter</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>Cohort %1</source>
        <translation>Kohorte %1</translation>
    </message>
    <message>
        <source>SHA-256 %1</source>
        <translation>SHA-256 %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::SessionShell</name>
    <message>
        <source>Session saved</source>
        <translation>Sitzung gespeichert</translation>
    </message>
    <message>
        <source>%1 holds settings this version does not know; they are left out.</source>
        <translation>%1 enthält Einstellungen, die diese Version nicht kennt; sie bleiben weg.</translation>
    </message>
    <message>
        <source>Autosaved</source>
        <translation>Automatisch gesichert</translation>
    </message>
    <message>
        <source>Kept until the next start, whatever happens</source>
        <translation>Bis zum nächsten Start gesichert, was auch geschieht</translation>
    </message>
    <message>
        <source>The session cannot be kept automatically. %1</source>
        <translation>Die Sitzung kann nicht automatisch gesichert werden. %1</translation>
    </message>
    <message>
        <source>Save session …</source>
        <translation>Sitzung speichern …</translation>
    </message>
    <message>
        <source>The last session ended unexpectedly. It was kept %1. Restore it?</source>
        <translation>Die letzte Sitzung endete unerwartet. Sie wurde %1 gesichert. Wiederherstellen?</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>The model %1 was not found.</source>
        <translation>Das Modell %1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>The cohort %1 was not found.</source>
        <translation>Die Kohorte %1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Find …</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>Without it</source>
        <translation>Ohne sie</translation>
    </message>
    <message>
        <source>%1 is not the model this session was saved with; its numbers may differ.</source>
        <translation>%1 ist nicht das Modell, mit dem diese Sitzung gespeichert wurde; die Zahlen können abweichen.</translation>
    </message>
    <message>
        <source>%1 is not the cohort this session was saved with; its stays may be others.</source>
        <translation>%1 ist nicht die Kohorte, mit der diese Sitzung gespeichert wurde; es können andere Aufenthalte sein.</translation>
    </message>
    <message>
        <source>%1
Its SHA-256 digest is another than the session&apos;s.</source>
        <translation>%1
Ihre SHA-256-Prüfsumme ist eine andere als die der Sitzung.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
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
    <name>fusemoe::ui::SliceModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
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
        <source>Show all stays</source>
        <translation>Alle Aufenthalte zeigen</translation>
    </message>
    <message>
        <source>Filter: %1
F2 renames, Del deletes</source>
        <translation>Filter: %1
F2 benennt um, Entf löscht</translation>
    </message>
    <message>
        <source>Suggested by the data. Filter: %1</source>
        <translation>Von den Daten vorgeschlagen. Filter: %1</translation>
    </message>
    <message>
        <source>rename slice</source>
        <translation>Auswahl umbenennen</translation>
    </message>
    <message>
        <source>save slice %1</source>
        <translation>Auswahl %1 speichern</translation>
    </message>
    <message>
        <source>delete slice %1</source>
        <translation>Auswahl %1 löschen</translation>
    </message>
    <message>
        <source>All stays</source>
        <translation>Alle Aufenthalte</translation>
    </message>
    <message>
        <source>No %1</source>
        <translation>Ohne %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::SlicePanel</name>
    <message>
        <source>Slices</source>
        <translation>Auswahlen</translation>
    </message>
    <message>
        <source>Save slice…</source>
        <translation>Auswahl speichern…</translation>
    </message>
    <message>
        <source>Name of this filter, then Enter</source>
        <translation>Name dieses Filters, dann Enter</translation>
    </message>
    <message>
        <source>Name of the slice</source>
        <translation>Name der Auswahl</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Filter the stays first; then the filter can be named</source>
        <translation>Filtern Sie zuerst; dann lässt sich der Filter benennen</translation>
    </message>
    <message>
        <source>Give the filter of now a name</source>
        <translation>Dem jetzigen Filter einen Namen geben</translation>
    </message>
    <message>
        <source>slice</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>Aufenthalte</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::SplitChoice</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Stays of</source>
        <translation>Aufenthalte aus</translation>
    </message>
    <message>
        <source>all splits</source>
        <translation>alle Teile</translation>
    </message>
    <message>
        <source>split %1</source>
        <translation>Teil %1</translation>
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
    <message>
        <source>Error: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>%1
Click for the log.</source>
        <translation>%1
Klick öffnet das Protokoll.</translation>
    </message>
    <message>
        <source>Last error: %1</source>
        <translation>Letzter Fehler: %1</translation>
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
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Id of the stay. Press # and type an id to go to it.</source>
        <translation>Nummer des Aufenthalts. # und eine Nummer tippen, um hinzugehen.</translation>
    </message>
    <message>
        <source>Modalities recorded for the stay; dashed = not recorded</source>
        <translation>Erhobene Modalitäten des Aufenthalts; gestrichelt = nicht erhoben</translation>
    </message>
    <message>
        <source>What happened: %1</source>
        <translation>Was geschah: %1</translation>
    </message>
    <message>
        <source>Highest of the probabilities the open model gives the stay as recorded, nothing masked</source>
        <translation>Höchste der Wahrscheinlichkeiten, die das offene Modell dem Aufenthalt gibt, wie erfasst, nichts maskiert</translation>
    </message>
    <message>
        <source>Probability the open model gives the stay as recorded, nothing masked: %1</source>
        <translation>Wahrscheinlichkeit, die das offene Modell dem Aufenthalt gibt, wie erfasst, nichts maskiert: %1</translation>
    </message>
    <message>
        <source>Part of the cohort the stay is in: training, validation or test</source>
        <translation>Teil der Kohorte: Training, Validierung oder Test</translation>
    </message>
    <message>
        <source>Stay %1</source>
        <translation>Aufenthalt %1</translation>
    </message>
    <message>
        <source>not recorded: %1</source>
        <translation>nicht erhoben: %1</translation>
    </message>
    <message>
        <source>label: %1</source>
        <translation>Label: %1</translation>
    </message>
    <message>
        <source>in no split</source>
        <translation>in keinem Teil</translation>
    </message>
    <message>
        <source>split: %1</source>
        <translation>Teil: %1</translation>
    </message>
    <message>
        <source>risk as recorded: %1</source>
        <translation>Risiko wie erfasst: %1</translation>
    </message>
    <message>
        <source>risk: the model could not compute it</source>
        <translation>Risiko: das Modell konnte es nicht berechnen</translation>
    </message>
    <message>
        <source>risk: not computed yet</source>
        <translation>Risiko: noch nicht berechnet</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StayPanel</name>
    <message>
        <source>Cohort</source>
        <translation>Kohorte</translation>
    </message>
    <message>
        <source>Filter stays</source>
        <translation>Aufenthalte filtern</translation>
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
    <message>
        <source>Filter: id, label, pattern, risk&gt;0.3</source>
        <translation>Filter: Nummer, Label, risk&gt;0.3</translation>
    </message>
    <message>
        <source>What can be typed here</source>
        <translation>Was hier eingegeben werden kann</translation>
    </message>
    <message>
        <source>How to filter stays</source>
        <translation>Wie man Aufenthalte filtert</translation>
    </message>
    <message>
        <source>Stop computing the risk</source>
        <translation>Risiko nicht weiter berechnen</translation>
    </message>
    <message>
        <source>Compute the risk</source>
        <translation>Risiko berechnen</translation>
    </message>
    <message>
        <source>Words that must all hold:</source>
        <translation>Wörter, die alle zutreffen müssen:</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>stay</source>
        <translation>Aufenthalt</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>split</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>risk as recorded</source>
        <translation>Risiko wie erfasst</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StaySlice</name>
    <message>
        <source>the only stay</source>
        <translation>der einzige Aufenthalt</translation>
    </message>
    <message>
        <source>all %1 stays</source>
        <translation>alle %1 Aufenthalte</translation>
    </message>
    <message>
        <source>1 stay that passes the list&apos;s filter</source>
        <translation>1 Aufenthalt im Filter der Liste</translation>
    </message>
    <message>
        <source>%1 stays that pass the list&apos;s filter</source>
        <translation>%1 Aufenthalte im Filter der Liste</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StayTable</name>
    <message>
        <source>No stay passes this filter.</source>
        <translation>Kein Aufenthalt passt zu diesem Filter.</translation>
    </message>
    <message>
        <source>Open a cohort to see its stays.</source>
        <translation>Öffnen Sie eine Kohorte, um ihre Aufenthalte zu sehen.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::SupportPanel</name>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>mean Hellinger distance to the %1 nearest training stays, dense routing</source>
        <translation>mittlerer Hellinger-Abstand zu den %1 nächsten Trainingsaufenthalten, dichtes Routing</translation>
    </message>
    <message>
        <source>training stays</source>
        <translation>Trainingsaufenthalte</translation>
    </message>
    <message>
        <source>No training stay to compare with.</source>
        <translation>Kein Trainingsaufenthalt zum Vergleich.</translation>
    </message>
    <message>
        <source>this patient</source>
        <translation>dieser Patient</translation>
    </message>
    <message>
        <source>alarm, %1 %</source>
        <translation>Alarm, %1 %</translation>
    </message>
    <message>
        <source>share of the router&apos;s kept weight (top-K)</source>
        <translation>Anteil am behaltenen Gewicht des Routers (Top-K)</translation>
    </message>
    <message>
        <source>training stays that have it</source>
        <translation>Trainingsaufenthalte, die sie haben</translation>
    </message>
    <message>
        <source>Layer %1, %2 → %3</source>
        <translation>Schicht %1, %2 → %3</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Runs the training stays under this patient&apos;s mask and says how far its routing lies from theirs.
Some seconds the first time; then it follows patient and mask.</source>
        <translation>Rechnet die Trainingsaufenthalte unter der Maske dieses Patienten und sagt, wie weit sein Routing von ihrem liegt.
Beim ersten Mal einige Sekunden; dann folgt es Patient und Maske.</translation>
    </message>
    <message>
        <source>is this patient routed as training stays are?</source>
        <translation>wird dieser Patient geroutet wie im Training?</translation>
    </message>
    <message>
        <source>Every modality of this stay is masked.
Unmask one to see how it is routed.</source>
        <translation>Jede Modalität dieses Aufenthalts ist maskiert.
Zeigen Sie eine, um sein Routing zu sehen.</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>of training stays lie nearer: alarm</source>
        <translation>der Trainingsaufenthalte liegen näher: Alarm</translation>
    </message>
    <message>
        <source>of training stays lie nearer</source>
        <translation>der Trainingsaufenthalte liegen näher</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>training stays have just this: %1</source>
        <translation>Trainingsaufenthalte haben genau dies: %1</translation>
    </message>
    <message>
        <source>unseen routes</source>
        <translation>nie gesehene Wege</translation>
    </message>
    <message>
        <source>compared with %1 training stays that show the same modalities</source>
        <translation>verglichen mit %1 Trainingsaufenthalten, die dieselben Modalitäten zeigen</translation>
    </message>
    <message>
        <source>compared with all %1 training stays: too few show the same modalities</source>
        <translation>verglichen mit allen %1 Trainingsaufenthalten: zu wenige zeigen dieselben Modalitäten</translation>
    </message>
    <message>
        <source>The alarm says that the model is used where it was not trained, not that it is wrong.</source>
        <translation>Der Alarm sagt, dass das Modell benutzt wird, wo es nicht trainiert wurde, nicht, dass es irrt.</translation>
    </message>
    <message>
        <source>1 stay, dense routing, %1. %2</source>
        <translation>1 Aufenthalt, dichtes Routing, %1. %2</translation>
    </message>
    <message>
        <source>what</source>
        <translation>was</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>distance of this patient</source>
        <translation>Abstand dieses Patienten</translation>
    </message>
    <message>
        <source>percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>alarm percentile</source>
        <translation>Alarmperzentil</translation>
    </message>
    <message>
        <source>training stays of this pattern</source>
        <translation>Trainingsaufenthalte dieses Musters</translation>
    </message>
    <message>
        <source>kept weight</source>
        <translation>behaltenes Gewicht</translation>
    </message>
    <message>
        <source>distance of a training stay</source>
        <translation>Abstand eines Trainingsaufenthalts</translation>
    </message>
    <message>
        <source>Sent where the router hardly sent a token in training</source>
        <translation>Wohin der Router im Training kaum ein Token sandte</translation>
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
    <name>fusemoe::ui::TaskRow</name>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Abbrechen: %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::TaskStrip</name>
    <message>
        <source>Work under way</source>
        <translation>Laufende Arbeiten</translation>
    </message>
    <message>
        <source>Show everything under way</source>
        <translation>Alles zeigen, was läuft</translation>
    </message>
    <message>
        <source>+%1</source>
        <translation>+%1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Text::Text</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
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
    <name>fusemoe::ui::TrainingHeat</name>
    <message>
        <source>Experts from top to bottom, the epochs of the training run from left to right</source>
        <translation>Experten von oben nach unten, die Epochen des Trainings von links nach rechts</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Expert load</source>
        <translation>Expertenlast</translation>
    </message>
    <message>
        <source>Routing of the watched stay</source>
        <translation>Verteilung des beobachteten Aufenthalts</translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation>Noch kein Lauf.</translation>
    </message>
    <message>
        <source>After the first step …</source>
        <translation>Nach dem ersten Schritt …</translation>
    </message>
    <message>
        <source>After the first epoch …</source>
        <translation>Nach der ersten Epoche …</translation>
    </message>
    <message>
        <source>No stay was open when the run began.</source>
        <translation>Beim Beginn des Laufs war kein Aufenthalt offen.</translation>
    </message>
    <message>
        <source>share of kept weight</source>
        <translation>Anteil am behaltenen Gewicht</translation>
    </message>
    <message>
        <source>probability, dense</source>
        <translation>Wahrscheinlichkeit, dicht</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, %2, epoch %3&lt;br&gt;%4: &lt;b&gt;%5&lt;/b&gt;</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;, %2, Epoche %3&lt;br&gt;%4: &lt;b&gt;%5&lt;/b&gt;</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::TrainingLines</name>
    <message>
        <source>Lines over the epochs of the training run</source>
        <translation>Linien über den Epochen des Trainings</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>AUROC</source>
        <translation>AUROC</translation>
    </message>
    <message>
        <source>AUPRC</source>
        <translation>AUPRC</translation>
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
        <source>E</source>
        <translation>E</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Entropy, nats</source>
        <translation>Entropie, nats</translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation>Noch kein Lauf.</translation>
    </message>
    <message>
        <source>After the first epoch …</source>
        <translation>Nach der ersten Epoche …</translation>
    </message>
    <message>
        <source>After the first step …</source>
        <translation>Nach dem ersten Schritt …</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>E = mean of H − H of mean; dashed: bounds of E, and log S</source>
        <translation>E = Mittel von H − H des Mittels; gestrichelt: Grenzen von E, und log S</translation>
    </message>
    <message>
        <source>dashed: best epoch, %1</source>
        <translation>gestrichelt: beste Epoche, %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::TrainingPanel</name>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Training beginnen</translation>
    </message>
    <message>
        <source>Train on this cohort, in the background</source>
        <translation>Auf dieser Kohorte trainieren, im Hintergrund</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with the run of this model file that was interrupted</source>
        <translation>Den unterbrochenen Lauf dieser Modelldatei fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stand still before the next step</source>
        <translation>Vor dem nächsten Schritt stehen bleiben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End the run and keep its best epoch</source>
        <translation>Den Lauf beenden und seine beste Epoche behalten</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Look at the trained model</source>
        <translation>Das trainierte Modell ansehen</translation>
    </message>
    <message>
        <source>Setup</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>What is trained, and how</source>
        <translation>Was trainiert wird und wie</translation>
    </message>
    <message>
        <source>How the run goes on</source>
        <translation>Wie der Lauf vorankommt</translation>
    </message>
    <message>
        <source>model.safetensors</source>
        <translation>modell.safetensors</translation>
    </message>
    <message>
        <source>Choose where the model is written</source>
        <translation>Wählen, wohin das Modell geschrieben wird</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>Modelldatei</translation>
    </message>
    <message>
        <source>Written when training ends; a file of this name is replaced then.</source>
        <translation>Wird am Ende des Trainings geschrieben; eine Datei dieses Namens wird dann ersetzt.</translation>
    </message>
    <message>
        <source>No cohort is open. Open one, or import your data.</source>
        <translation>Es ist keine Kohorte offen. Öffnen Sie eine, oder importieren Sie Ihre Daten.</translation>
    </message>
    <message>
        <source>Name the file the model is written to.</source>
        <translation>Nennen Sie die Datei, in die das Modell geschrieben wird.</translation>
    </message>
    <message>
        <source>There is no folder %1. Choose another place for the model.</source>
        <translation>Den Ordner %1 gibt es nicht. Wählen Sie einen anderen Ort für das Modell.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Routing of stay %1 as it forms</source>
        <translation>Wie sich die Verteilung von Aufenthalt %1 bildet</translation>
    </message>
    <message>
        <source>best validation AUROC %1, epoch %2</source>
        <translation>beste AUROC der Validierung %1, Epoche %2</translation>
    </message>
    <message>
        <source>Write model to</source>
        <translation>Modell schreiben nach</translation>
    </message>
    <message>
        <source>Models (*.safetensors)</source>
        <translation>Modelle (*.safetensors)</translation>
    </message>
    <message>
        <source>Open experiment</source>
        <translation>Versuch öffnen</translation>
    </message>
    <message>
        <source>Experiments (*.json)</source>
        <translation>Versuche (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>probability, stay %1</source>
        <translation>Wahrscheinlichkeit, Aufenthalt %1</translation>
    </message>
    <message>
        <source>probability, watched stay</source>
        <translation>Wahrscheinlichkeit, beobachteter Aufenthalt</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>quantity</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>training loss</source>
        <translation>Trainingsverlust</translation>
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
        <source>E</source>
        <translation>E</translation>
    </message>
    <message>
        <source>share of kept weight</source>
        <translation>Anteil am behaltenen Gewicht</translation>
    </message>
    <message>
        <source>mean training loss</source>
        <translation>mittlerer Trainingsverlust</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>validation AUROC</source>
        <translation>AUROC der Validierung</translation>
    </message>
    <message>
        <source>validation AUPRC</source>
        <translation>AUPRC der Validierung</translation>
    </message>
    <message>
        <source>Reading the cohort …</source>
        <translation>Die Kohorte wird gelesen …</translation>
    </message>
    <message>
        <source>Epoch %1 of at most %2</source>
        <translation>Epoche %1 von höchstens %2</translation>
    </message>
    <message>
        <source>1 step not taken: its gradient was not finite</source>
        <translation>1 Schritt nicht getan: sein Gradient war nicht endlich</translation>
    </message>
    <message>
        <source>%1 steps not taken: their gradient was not finite</source>
        <translation>%1 Schritte nicht getan: ihr Gradient war nicht endlich</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>No run yet. Set one up and start it.</source>
        <translation>Noch kein Lauf. Richten Sie einen ein und beginnen Sie ihn.</translation>
    </message>
    <message>
        <source>Paused. %1</source>
        <translation>Angehalten. %1</translation>
    </message>
    <message>
        <source>Stopping, the best epoch is kept …</source>
        <translation>Wird beendet, die beste Epoche wird behalten …</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>Cancelled before the first epoch was over; nothing was written.</source>
        <translation>Vor dem Ende der ersten Epoche abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>validation AUROC %1, AUPRC %2</source>
        <translation>AUROC der Validierung %1, AUPRC %2</translation>
    </message>
    <message>
        <source>validation AUROC %1</source>
        <translation>AUROC der Validierung %1</translation>
    </message>
    <message>
        <source>Cancelled; epoch %1 was kept as %2, %3.</source>
        <translation>Abgebrochen; Epoche %1 wurde behalten als %2, %3.</translation>
    </message>
    <message>
        <source>Epoch %1 was kept as %2, %3.</source>
        <translation>Epoche %1 wurde behalten als %2, %3.</translation>
    </message>
    <message>
        <source>A run is under way; see Progress. Another can begin when it is over.</source>
        <translation>Ein Lauf ist im Gang, siehe Verlauf. Ein anderer kann beginnen, wenn er vorbei ist.</translation>
    </message>
    <message>
        <source>Runs in the background, on all cores at low priority: what you do in the window goes first.</source>
        <translation>Läuft im Hintergrund, auf allen Kernen mit niedrigem Vorrang: Was Sie im Fenster tun, geht vor.</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::TrainingSession</name>
    <message>
        <source>Training %1</source>
        <translation>Training von %1</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>Epoche %1 von %2</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::TrainingShell</name>
    <message>
        <source>Cohort %1 imported</source>
        <translation>Kohorte %1 importiert</translation>
    </message>
    <message>
        <source>%1 is imported and open.</source>
        <translation>%1 ist importiert und offen.</translation>
    </message>
    <message>
        <source>What became of the rows</source>
        <translation>Was aus den Zeilen wurde</translation>
    </message>
    <message>
        <source>Train a model …</source>
        <translation>Modell trainieren …</translation>
    </message>
    <message>
        <source>Model %1 trained</source>
        <translation>Modell %1 trainiert</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::TrustDialog</name>
    <message>
        <source>Run this program?</source>
        <translation>Dieses Programm ausführen?</translation>
    </message>
    <message>
        <source>%1 is a program, not only weights.</source>
        <translation>%1 ist ein Programm, nicht nur Gewichte.</translation>
    </message>
    <message>
        <source>A TorchScript model is computed by code that whoever made it wrote. It runs inside FuseMoE Explorer, is given the data of your patients, and can read, write and replace files with your rights.</source>
        <translation>Ein TorchScript-Modell rechnet mit Code, den sein Urheber geschrieben hat. Er läuft in FuseMoE Explorer, bekommt die Daten Ihrer Patienten und kann mit Ihren Rechten Dateien lesen, schreiben und ersetzen.</translation>
    </message>
    <message>
        <source>Run it only if you know who made it and trust them. A program that never ends cannot be stopped: FuseMoE Explorer must then be killed.</source>
        <translation>Führen Sie es nur aus, wenn Sie wissen, von wem es ist, und ihm vertrauen. Ein Programm, das nie endet, lässt sich nicht anhalten: FuseMoE Explorer muss dann abgebrochen werden.</translation>
    </message>
    <message>
        <source>SHA-256 %1 …</source>
        <translation>SHA-256 %1 …</translation>
    </message>
    <message>
        <source>Do not run</source>
        <translation>Nicht ausführen</translation>
    </message>
    <message>
        <source>&amp;Run it</source>
        <translation>&amp;Ausführen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::VariableTree</name>
    <message>
        <source>Modalities and their variables</source>
        <translation>Modalitäten und ihre Variablen</translation>
    </message>
    <message>
        <source>Modality, variable</source>
        <translation>Modalität, Variable</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Usual range</source>
        <translation>Üblicher Bereich</translation>
    </message>
    <message>
        <source>vectors of %1</source>
        <translation>Vektoren von %1</translation>
    </message>
    <message>
        <source>1 variable</source>
        <translation>1 Variable</translation>
    </message>
    <message>
        <source>%1 variables</source>
        <translation>%1 Variablen</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Weggelassen</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::WaveformView</name>
    <message>
        <source>Waveform</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>strong squares: %1 s × %2 %3</source>
        <translation>kräftige Quadrate: %1 s × %2 %3</translation>
    </message>
    <message>
        <source>%1 leads, %2 seconds</source>
        <translation>%1 Ableitungen, %2 Sekunden</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>FuseMoE Explorer</source>
        <translation>FuseMoE Explorer</translation>
    </message>
    <message>
        <source>See what a medical model of several modalities does when one of them is missing: where its routers send the patient&apos;s data, and what becomes of the prediction.</source>
        <translation>Sehen Sie, was ein medizinisches Modell mehrerer Modalitäten tut, wenn eine fehlt: wohin seine Router die Daten leiten, und was aus der Vorhersage wird.</translation>
    </message>
    <message>
        <source>What you can do here</source>
        <translation>Was Sie hier tun können</translation>
    </message>
    <message>
        <source>1 … 9</source>
        <translation>1 … 9</translation>
    </message>
    <message>
        <source>Hide a modality from the model and bring it back; 0 brings all back, Ctrl+Z undoes.</source>
        <translation>Eine Modalität maskieren und wieder zeigen; 0 zeigt alle wieder, Strg+Z macht rückgängig.</translation>
    </message>
    <message>
        <source>point</source>
        <translation>zeigen</translation>
    </message>
    <message>
        <source>Point at an expert or a modality anywhere: every chart lights up the same one.</source>
        <translation>Zeigen Sie irgendwo auf einen Experten oder eine Modalität: In jedem Diagramm leuchtet sie auf.</translation>
    </message>
    <message>
        <source>pin</source>
        <translation>festhalten</translation>
    </message>
    <message>
        <source>Pin a state as A and go on: A stays behind every chart to compare with.</source>
        <translation>Halten Sie einen Zustand als A fest: A bleibt zum Vergleich hinter jedem Diagramm.</translation>
    </message>
    <message>
        <source>Research use only. Not for clinical decisions. Nothing leaves this machine.</source>
        <translation>Nur für die Forschung. Nicht für klinische Entscheidungen. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>Demo öffnen</translation>
    </message>
    <message>
        <source>A cohort of 10,676 people and a model trained on it, both bundled</source>
        <translation>Eine Kohorte von 10.676 Personen und ein darauf trainiertes Modell, beide beigelegt</translation>
    </message>
    <message>
        <source>Open model …</source>
        <translation>Modell öffnen …</translation>
    </message>
    <message>
        <source>Open cohort …</source>
        <translation>Kohorte öffnen …</translation>
    </message>
    <message>
        <source>Open session …</source>
        <translation>Sitzung öffnen …</translation>
    </message>
    <message>
        <source>Back to what is open</source>
        <translation>Zurück zu dem, was offen ist</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>%1 is no longer there</source>
        <translation>%1 ist nicht mehr da</translation>
    </message>
    <message>
        <source>Files you open are listed here. You can also drop them on the window.</source>
        <translation>Hier stehen Dateien, die Sie öffnen. Sie können sie auch auf das Fenster ziehen.</translation>
    </message>
    <message>
        <source>Import data …</source>
        <translation>Daten importieren …</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::charts</name>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>years</source>
        <translation>Jahre</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>%1, 0 = %2</source>
        <translation>%1, 0 = %2</translation>
    </message>
    <message>
        <source>whole sequence</source>
        <translation>ganze Sequenz</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>time bin</source>
        <translation>Zeitabschnitt</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>dense probability</source>
        <translation>dichte Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>gate weight, top-K</source>
        <translation>Gate-Gewicht, Top-K</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>dense probability, %1</source>
        <translation>dichte Wahrscheinlichkeit, %1</translation>
    </message>
    <message>
        <source>gate weight, top-K, %1</source>
        <translation>Gate-Gewicht, Top-K, %1</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::collapse</name>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>not defined</source>
        <translation>nicht definiert</translation>
    </message>
    <message>
        <source>%1 stays have it; AUROC over those: alone %2, without it %3, as recorded %4</source>
        <translation>%1 Aufenthalte haben sie; AUROC über diese: allein %2, ohne sie %3, wie aufgezeichnet %4</translation>
    </message>
    <message>
        <source>What each modality brings</source>
        <translation>Was jede Modalität bringt</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>mean |Shapley value|, probability</source>
        <translation>Mittel von |Shapley-Wert|, Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>No modality was measured.</source>
        <translation>Keine Modalität wurde gemessen.</translation>
    </message>
    <message>
        <source>No stay of this split has it.</source>
        <translation>Kein Aufenthalt dieses Teils hat sie.</translation>
    </message>
    <message>
        <source>on %1 … %2</source>
        <translation>auf %1 … %2</translation>
    </message>
    <message>
        <source>distance of gate vectors</source>
        <translation>Abstand der Gate-Vektoren</translation>
    </message>
    <message>
        <source>This router has no gate vectors.</source>
        <translation>Dieser Router hat keine Gate-Vektoren.</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>cosine %1; ‖W‖₂ %2 and %3</source>
        <translation>Kosinus %1; ‖W‖₂ %2 und %3</translation>
    </message>
    <message>
        <source>what</source>
        <translation>was</translation>
    </message>
    <message>
        <source>modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>95 % low</source>
        <translation>95 % unten</translation>
    </message>
    <message>
        <source>95 % high</source>
        <translation>95 % oben</translation>
    </message>
    <message>
        <source>unimodal collapse</source>
        <translation>unimodaler Kollaps</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>AUROC alone</source>
        <translation>AUROC allein</translation>
    </message>
    <message>
        <source>AUROC without it</source>
        <translation>AUROC ohne sie</translation>
    </message>
    <message>
        <source>AUROC as recorded</source>
        <translation>AUROC wie aufgezeichnet</translation>
    </message>
    <message>
        <source>effective experts</source>
        <translation>wirksame Experten</translation>
    </message>
    <message>
        <source>mean dense entropy, nats</source>
        <translation>mittlere dichte Entropie, nats</translation>
    </message>
    <message>
        <source>share of kept weight</source>
        <translation>Anteil am behaltenen Gewicht</translation>
    </message>
    <message>
        <source>composition</source>
        <translation>Zusammensetzung</translation>
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
    <name>fusemoe::ui::modelFiles</name>
    <message>
        <source>Models (%1)</source>
        <translation>Modelle (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::patterns</name>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>all %1</source>
        <translation>alle %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 alone</source>
        <translation>%1 allein</translation>
    </message>
    <message>
        <source>without %1</source>
        <translation>ohne %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::record</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>years</source>
        <translation>Jahre</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>variable</source>
        <translation>Variable</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>recorded hour</source>
        <translation>erhobene Stunde</translation>
    </message>
    <message>
        <source>recorded value</source>
        <translation>erhobener Wert</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>mTAND weight</source>
        <translation>mTAND-Gewicht</translation>
    </message>
    <message>
        <source>mTAND weight, bin %1</source>
        <translation>mTAND-Gewicht, Abschnitt %1</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>verschoben</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>nicht erhoben</translation>
    </message>
    <message>
        <source>not in the model</source>
        <translation>nicht im Modell</translation>
    </message>
    <message>
        <source>time, %1</source>
        <translation>Zeit, %1</translation>
    </message>
    <message>
        <source>reference range: %1 or more</source>
        <translation>Referenzbereich: ab %1</translation>
    </message>
    <message>
        <source>reference range: up to %1</source>
        <translation>Referenzbereich: bis %1</translation>
    </message>
    <message>
        <source>reference range: %1 to %2</source>
        <translation>Referenzbereich: %1 bis %2</translation>
    </message>
    <message>
        <source>deleted by you</source>
        <translation>von Ihnen gelöscht</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>von Ihnen hinzugefügt</translation>
    </message>
    <message>
        <source>edited, recorded at %1</source>
        <translation>geändert, erhoben bei %1</translation>
    </message>
    <message>
        <source>edited, recorded: %1 at %2</source>
        <translation>geändert, erhoben: %1 bei %2</translation>
    </message>
    <message>
        <source>masked: the model does not see it</source>
        <translation>maskiert: das Modell sieht es nicht</translation>
    </message>
    <message>
        <source>click to open</source>
        <translation>Klick öffnet</translation>
    </message>
    <message>
        <source>mTAND weight at bin %1: softmax over times of q·k/√d, mean of heads = &lt;b&gt;%2&lt;/b&gt;</source>
        <translation>mTAND-Gewicht bei Abschnitt %1: Softmax über Zeiten von q·k/√d, Mittel der Köpfe = &lt;b&gt;%2&lt;/b&gt;</translation>
    </message>
    <message>
        <source>modality: %1</source>
        <translation>Modalität: %1</translation>
    </message>
    <message>
        <source>not recorded: absent for the model</source>
        <translation>nicht erhoben: fehlt für das Modell</translation>
    </message>
    <message>
        <source>the open model does not use it</source>
        <translation>das offene Modell benutzt es nicht</translation>
    </message>
    <message>
        <source>edited, recorded: %1 %2</source>
        <translation>geändert, erhoben: %1 %2</translation>
    </message>
    <message>
        <source>double-click to change</source>
        <translation>Doppelklick ändert</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>Drag a point to edit it, double-click to add, drag the axis to mask</source>
        <translation>Punkt ziehen ändert, Doppelklick fügt hinzu, Ziehen der Achse maskiert</translation>
    </message>
    <message>
        <source>circle areas: mTAND weight within a modality, bin %1 of %2</source>
        <translation>Kreisflächen: mTAND-Gewicht innerhalb einer Modalität, Abschnitt %1 von %2</translation>
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
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>as recorded, as trained</source>
        <translation>wie erfasst, wie trainiert</translation>
    </message>
    <message>
        <source>Experts changed: %1 — not the trained model</source>
        <translation>Experten geändert: %1 — nicht das trainierte Modell</translation>
    </message>
    <message>
        <source>Gate: %1, not trained with this gate</source>
        <translation>Gate: %1, nicht mit diesem Gate trainiert</translation>
    </message>
    <message>
        <source>Missing modalities: %1 in their place</source>
        <translation>Fehlende Modalitäten: %1 an ihrer Stelle</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>wie trainiert</translation>
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
        <source>training mean</source>
        <translation>Trainingsmittel</translation>
    </message>
</context>
</TS>
