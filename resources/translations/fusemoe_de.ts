<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>fusemoe::ui::Actions</name>
    <message>
        <source>Open &amp;model …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a .safetensors model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;cohort …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a .sqlite cohort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous stay of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next stay of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the filter of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show every modality to the model again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put every panel back where it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About FuseMoE Explorer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open cohort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (absent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cohort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Chart</name>
    <message>
        <source>updating …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CohortSweep</name>
    <message>
        <source>Risk column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CommandModel</name>
    <message>
        <source>%1, in %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command, or the number of a stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmask %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>absent in this stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to stay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cohort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in this cohort</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Document</name>
    <message>
        <source>stay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unmask %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restore all modalities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show dense probabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show top-K weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show load in tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show load in gate weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change whose load is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change the routing view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pin A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compare with the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compare with %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compare with stay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::EntropyChart</name>
    <message>
        <source>Entropy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bars of each router&apos;s entropy in nats, and the entropy regulariser over the last edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E = %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bounds %1 … 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E, no edits yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E over the last edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E over the last %1 edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of H</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>H of mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most log %1 = %2 nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of H: (1/M) Σ H(p̂) = &lt;b&gt;%1&lt;/b&gt; nats&lt;br&gt;%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>H of mean: H((1/M) Σ p̂) = &lt;b&gt;%1&lt;/b&gt; nats&lt;br&gt;%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;H(p̂) = −Σ p̂ ln p̂ = &lt;b&gt;%2&lt;/b&gt; nats&lt;br&gt;%3&lt;br&gt;low = specialised, high = spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E = mean of H − H of mean = &lt;b&gt;%1&lt;/b&gt; nats&lt;br&gt;%2&lt;br&gt;0: all routers equal, lower bound: no overlap</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::EntropyPanel</name>
    <message>
        <source>Entropy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nats, dense distributions</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Export</name>
    <message>
        <source>%1 says no format to export to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its name must end in .png, .svg, .pdf or .csv.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create it, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the view larger and export again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be written: the folder %2 is not writable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be written to the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is the disk full? The file is as it was before.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ExportActions</name>
    <message>
        <source>&amp;Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;All views …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Report …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One PDF of the state as it is: views, numbers and where they come from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+E</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every view as PNG, SVG, PDF and CSV, into one folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: %1 in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures, numbers and a report of what is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF drawing (*.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV numbers (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export all views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF report (*.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An export is under way; try again when it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied as an image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::FactsPanel</name>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>softmax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laplace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logit of an expert: softmax xᵀW, Laplace −‖x−W‖₂, Gaussian −‖x−W‖₂²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>joint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per modality, shared pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per modality, own experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Router</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who chooses experts, and from which pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, top %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the chosen experts are computed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fusion layers, each with its own routers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 time bins each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 sequence each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a router routes, for every modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Combined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log-softmax space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the outputs of the chosen experts are added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learned embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zeros</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a masked or absent modality becomes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of parameters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::HistoryPanel</name>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History of edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 undone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LegendStrip</name>
    <message>
        <source>Legend</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LoadChart</name>
    <message>
        <source>Expert load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stacked bars of how much of the work each expert does, by modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of kept tokens, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of gate weight, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>balanced
%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 stays so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 stays, background risk is off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens that kept the expert in their top-K, of all kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>importance: sum of kept gate weights, of all weight</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::LoadPanel</name>
    <message>
        <source>Expert load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many tokens kept the expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importance: the sum of the gate weights they gave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stay shown, in the state shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stays that pass the list&apos;s filter, as recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All stays of the cohort, as recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by modality, %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::MainWindow</name>
    <message>
        <source>FuseMoE Explorer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research use only. Not for clinical decisions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is neither a model nor a cohort.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model ends in .safetensors, a cohort in .sqlite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models (*.safetensors);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open cohort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cohorts (*.sqlite *.db);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About FuseMoE Explorer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;FuseMoE Explorer %1&lt;/b&gt;&lt;p&gt;What a mixture-of-experts model of several medical modalities does when one is missing. After Han, Nguyen, Harris, Ho and Saria, &quot;FuseMoE&quot;, NeurIPS 2024 (arXiv 2402.03226).&lt;/p&gt;&lt;p&gt;Research use only. Not for clinical decisions.&lt;/p&gt;&lt;p&gt;GPL-3.0-or-later. Uses Qt, QCustomPlot and LibTorch.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::MessageBar</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ModalityModel</name>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This stay has no data of this modality, so the model sees it as missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click or press %1 to hide it from the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click or press %1 to show it to the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no stay chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 measurement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 measurements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, masked by you</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ModalityPanel</name>
    <message>
        <source>Modalities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model to see its modalities.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Space to hide a modality from the model or to show it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what the model may see</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::PredictionPanel</name>
    <message>
        <source>Prediction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No prediction yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, highest of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 vs %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ProbabilityView</name>
    <message>
        <source>Probability %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P = %1, compared with %2, change %3: as the model gives it, not calibrated to any clinic</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Provenance</name>
    <message>
        <source>Research use only. Not for clinical decisions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top-K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cohort %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masked: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 what-if edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no what-if edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 what-if edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reference: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Report</name>
    <message>
        <source>Modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Observations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Router</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, top %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing modalities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computed by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LibTorch %1 on %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean of H</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>H of mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 vs %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modalities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entropy, nats, dense distributions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Router probabilities, mean over tokens, layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>page %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probability, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where this comes from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure %1. %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RouterChart</name>
    <message>
        <source>Router probabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bars of how each modality&apos;s router spreads over the experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probability, dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gate weight, top-K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dense: mean over %1 of softmax(%2) = &lt;b&gt;%3&lt;/b&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2, change %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top-%1: kept by %2 of %3, mean gate weight %4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::RouterPanel</name>
    <message>
        <source>Router probabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softmax over all experts, before the choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of the chosen experts, which the model uses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fusion layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top %1 outlined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>joint router × expert, layer %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modality × expert, layer %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In lists and charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows, Page keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move in a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space in Modalities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask or unmask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next, previous control</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click in a chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select in every view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StatusLine</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no cohort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LibTorch %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opening …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>computing …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>computed in %1 ms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StayListModel</name>
    <message>
        <source>Stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::StayPanel</name>
    <message>
        <source>Cohort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: id, label, split, lipids, -body</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words that must all hold: the beginning of an id, of a label or of a split; a modality that is there; with a minus, one that is not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 stays</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Table</name>
    <message>
        <source>and %1 more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::Tools</name>
    <message>
        <source>&amp;Command palette …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find any command by typing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::format</name>
    <message>
        <source>All modalities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>absent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fusemoe::ui::text</name>
    <message>
        <source>Opening the model …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the cohort …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is open.
Press Ctrl+O, or drop a .safetensors file here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cohort is open.
Press Ctrl+Shift+O, or drop a .sqlite file here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No stay is chosen.
Pick one from the list on the left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This state could not be computed.
Undo with Ctrl+Z, or choose another stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A: stay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FuseMoE Explorer. Research use only. Not for clinical decisions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: what should it be?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no stay id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1:&quot; is not known; there are id:, label: and split:.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>risk%1 needs a number, as in risk%1 0.3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here begins with &quot;%1&quot;: no modality, label or split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No label begins with &quot;%1&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no split &quot;%1&quot;; there are train, validation and test.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
