//! Baton from one origin in a page of another.

use baton_e2e::{Desk, Host, scenario};

#[test]
fn a_page_of_another_origin_delivers_to_a_desk_that_allows_it() {
    scenario(async |page| {
        let host = Host::start().await?;
        let desk = Desk::start_for(&[&host.url]).await?;
        let tag = format!(
            "<script src=\"{0}/baton/baton.js\" data-endpoint=\"{0}/v1/handoffs\"></script>\
             <script>console.log('from the other origin')</script>",
            desk.url
        );
        host.page("/", &tag, "<h1>Another origin</h1>");
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, I get an error").await?;
        panel.review().await?;
        let id = panel.send().await?;

        let packet = desk.packet(&id).await?;
        assert_eq!(packet.environment.page_url, format!("{}/", host.url));
        assert_eq!(packet.attachments.len(), 1);
        desk.attachment(&id, &packet.attachments[0].name).await?;
        let lines = &packet.evidence.console.records;
        assert!(lines.iter().any(|line| line.message == "from the other origin"));
        assert!(host.receiver.arrivals().is_empty());
        Ok(())
    });
}

#[test]
fn a_desk_that_does_not_allow_the_origin_gets_nothing_and_the_customer_reads_so() {
    scenario(async |page| {
        page.log.expect("/v1/handoffs");
        let desk = Desk::start().await?;
        let tag = format!(
            "<script src=\"/baton/baton.js\" data-endpoint=\"{}/v1/handoffs\"></script>",
            desk.url
        );
        let host = Host::with_page(&tag, "<h1>Not allowed</h1>").await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, I get an error").await?;
        panel.review().await?;
        panel.press("Send to").await?;
        panel.wait_for("Not delivered yet").await?;
        assert_eq!(desk.ids().await?, [""; 0]);
        Ok(())
    });
}
